/** Three words to one in which every bit counts (multiply and xor-shift, constants of xxHash and MurmurHash3). */
export function mixWords(low: number, high: number, kind: number): number {
  let hash = Math.imul(low ^ Math.imul(kind, 0x9e3779b1), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 15) ^ high, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
