import { CHANGE_NAMES, type ChangeGrid, NO_CHANGE } from './music-change.ts';

/** What was expected, where changes cannot be read. */
export type ParsedChanges =
  | { readonly ok: true; readonly grid: ChangeGrid }
  | { readonly ok: false; readonly expected: string };

interface Rule {
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
}

const RULES: { readonly [Name in keyof ChangeGrid]: Rule } = {
  transpose: { step: 1, from: -60, to: 60, isWhole: true },
  tempo: { step: 0.01, from: 0.25, to: 4, isWhole: false },
  velocity: { step: 1, from: -126, to: 126, isWhole: true },
};
const MOST_VALUES = 1000;
/** Steps are decimal fractions, and a sum of them is to be one, too. */
const DECIMALS = 1e6;
const NUMBER = String.raw`[+-]?\d+(?:\.\d+)?`;
const RANGE = new RegExp(`^(?<from>${NUMBER})(?:\\.\\.(?<to>${NUMBER})(?::(?<step>${NUMBER}))?)?$`);

/**
 * Reads `transpose=-5..6,tempo=0.9..1.1:0.05,velocity=10`: ranges with both ends, in steps of a semitone, a hundredth of the tempo and one velocity
 * where none is told; or one value.
 */
export function parseChanges(text: string): ParsedChanges {
  const found: { -readonly [Name in keyof ChangeGrid]?: readonly number[] } = {};
  for (const item of text.split(',')) {
    const [key = '', range = '', ...rest] = item.split('=').map((part) => part.trim());
    const name = CHANGE_NAMES.find((known) => known === key);
    if (name === undefined) return expected(`${CHANGE_NAMES.join(', ')}; "${key}" is none`);
    if (found[name] !== undefined) return expected(`${name} once`);
    const values = rest.length > 0 ? undefined : valuesOf(range, RULES[name]);
    if (values === undefined) return expected(`${name}=${exampleOf(RULES[name])}, not "${range}"`);
    found[name] = values;
  }
  const { transpose = [NO_CHANGE.transpose], tempo = [NO_CHANGE.tempo], velocity = [NO_CHANGE.velocity] } = found;
  return { ok: true, grid: { transpose, tempo, velocity } };
}

function valuesOf(range: string, rule: Rule): readonly number[] | undefined {
  const { from, to = from, step } = RANGE.exec(range)?.groups ?? {};
  const [first, last, width] = [Number(from), Number(to), step === undefined ? rule.step : Number(step)];
  if (!(first >= rule.from && last <= rule.to && first <= last && width > 0)) return undefined;
  const count = Math.floor((last - first) / width + 1e-9) + 1;
  if (count > MOST_VALUES) return undefined;
  const values = Array.from({ length: count }, (_, at) => Math.round((first + at * width) * DECIMALS) / DECIMALS);
  return rule.isWhole && !values.every(Number.isInteger) ? undefined : values;
}

function exampleOf({ from, to, isWhole }: Rule): string {
  return `FROM..TO or FROM..TO:STEP with ${isWhole ? 'whole numbers' : 'numbers'} from ${from} to ${to}, at most ${MOST_VALUES} of them`;
}

function expected(what: string): ParsedChanges {
  return { ok: false, expected: what };
}
