/** Pairs from the first up to, without, the end. */
export interface PairRange {
  readonly first: number;
  readonly end: number;
}

/** So many consecutive ranges of equal size, or of sizes that differ by one; empty ones where there are more ranges than pairs. */
export function rangesOf(pairs: number, ranges: number): readonly PairRange[] {
  const startOf = (range: number): number => Math.floor((pairs * range) / ranges);
  return Array.from({ length: ranges }, (_, range) => ({ first: startOf(range), end: startOf(range + 1) }));
}
