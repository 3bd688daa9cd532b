import type { Vocabulary } from '../vocabulary.ts';

/** A token taken apart. */
export interface TokenMeaning {
  /** `Pitch`, `Velocity` … */
  readonly type: string;
  /** `60`, `1.0.8`, `4/4` …; `None` where there is none. */
  readonly value: string;
  /** The numbers of the value: one of `60`, three of `1.0.8`, two of `4/4`. */
  readonly numbers: readonly number[];
}

/** What lies between the numbers of a value, by type. */
const SEPARATORS: Readonly<Record<string, string>> = {
  Duration: '.',
  TimeShift: '.',
  Rest: '.',
  TimeSig: '/',
  KeySig: ':',
  ControlChange: '-',
};

/** By column and id. */
export function tokenMeanings(vocabulary: Vocabulary): readonly (readonly TokenMeaning[])[] {
  return vocabulary.columns.map(({ tokens }) => tokens.map(meaningOf));
}

function meaningOf(token: string): TokenMeaning {
  const split = token.indexOf('_');
  const [type, value] = [token.slice(0, split), token.slice(split + 1)];
  const separator = SEPARATORS[type];
  return { type, value, numbers: (separator === undefined ? [value] : value.split(separator)).map(Number) };
}

/** The first number of a value; 0 where there is none. */
export function numberOf({ numbers }: TokenMeaning): number {
  const number = numbers[0] ?? 0;
  return Number.isNaN(number) ? 0 : number;
}

/** Ticks of a value in beats, positions and positions a beat, such as `1.2.8`. */
export function spanOf({ numbers }: TokenMeaning, beatTicks: number): number {
  const resolution = numbers[2] ?? 1;
  return Math.floor((((numbers[0] ?? 0) * resolution + (numbers[1] ?? 0)) * beatTicks) / resolution);
}
