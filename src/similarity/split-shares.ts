/** A part of a data set and its share of the groups, greater than 0; the shares of all parts add up to 1. */
export interface SplitShare {
  readonly name: string;
  readonly share: number;
}

/** What was expected, where shares cannot be read. */
export type SplitShares =
  | { readonly ok: true; readonly shares: readonly SplitShare[] }
  | { readonly ok: false; readonly expected: string };

/** Names that a Hugging Face data set takes for a split (`datasets` reserves `all`) and every file system for a file. */
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const RESERVED = new Set(['all']);
/** Thirds written with three decimals are meant to be everything. */
const TOLERANCE = 0.0015;
/** Of a sum of doubles. */
const ROUNDING = 1e-12;

/**
 * Reads `train=0.9,validation=0.05,test=0.05`. Shares that add up to 1 within rounding are stretched to do so exactly.
 *
 * @example
 * parseSplitShares('train=1') // { ok: true, shares: [{ name: 'train', share: 1 }] }
 */
export function parseSplitShares(text: string): SplitShares {
  const shares: SplitShare[] = [];
  for (const item of text.split(',')) {
    const [name = '', number = '', ...rest] = item.split('=').map((part) => part.trim());
    const share = number === '' || rest.length > 0 ? Number.NaN : Number(number);
    if (!isSplitName(name)) {
      return expected(`names of letters, digits and _ (not "all"), such as train; "${name}" is none`);
    }
    if (!(share > 0 && share <= 1)) return expected(`a share above 0 and up to 1 for ${name}, such as ${name}=0.9`);
    if (shares.some((known) => known.name.toLowerCase() === name.toLowerCase())) return expected(`${name} once`);
    shares.push({ name, share });
  }
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  if (Math.abs(total - 1) > TOLERANCE) return expected(`shares that add up to 1, not ${Number(total.toFixed(6))}`);
  // What was stretched before, a recipe has it so, stays as it is to the last bit.
  if (Math.abs(total - 1) < ROUNDING) return { ok: true, shares };
  return { ok: true, shares: shares.map(({ name, share }) => ({ name, share: share / total })) };
}

/** Whether a part of a data set can be called so. */
export function isSplitName(name: string): boolean {
  return NAME.test(name) && !RESERVED.has(name.toLowerCase());
}

function expected(what: string): SplitShares {
  return { ok: false, expected: what };
}
