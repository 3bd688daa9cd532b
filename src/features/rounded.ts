/** Six decimals: enough for every feature, and the same text whatever the last bits of a logarithm are. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
