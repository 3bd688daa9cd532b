/** Shannon entropy, in bits, of counts or weights; 0 where they are all 0. */
export function entropyBits(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] ?? 0;
  if (total <= 0) return 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const share = (counts[i] ?? 0) / total;
    if (share > 0) sum -= share * Math.log2(share);
  }
  return sum;
}
