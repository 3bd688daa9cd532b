import { BINS, EMPTY_BIN } from './figure-bins.ts';

/**
 * In how many bins two signatures have the same figure, and in how many at least one has a figure: `equal * 256 + used`, for
 * millions are compared.
 *
 * @param leftAt,rightAt - where the signatures begin.
 */
export function compareSignatures(left: Uint16Array, leftAt: number, right: Uint16Array, rightAt: number): number {
  let equal = 0;
  let used = 0;
  for (let a = leftAt, b = rightAt, end = leftAt + BINS; a < end; a++, b++) {
    const first = left[a] as number;
    const second = right[b] as number;
    if ((first | second) === EMPTY_BIN) continue;
    used += 1;
    if (first === second) equal += 1;
  }
  return (equal << 8) | used;
}
