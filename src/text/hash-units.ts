/** Start of a hash over code units; another start gives an independent family of hashes. */
export const HASH_START = 0x811c9dc5;

/** One step of FNV-1a (Fowler, Noll, Vo), over 16 bits at a time: the code units of a text are hashed where they lie. */
export function hashStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** The hash of `units[from, to)`, 32 bits as a signed integer. */
export function hashUnits(units: Uint16Array, from: number, to: number, start: number): number {
  let hash = start | 0;
  for (let at = from; at < to; at++) hash = hashStep(hash, units[at] ?? 0);
  return hash;
}

/** The finalizer of MurmurHash3 (Appleby): every bit of the result (32, signed) depends on every bit of the hash. */
export function mixHash(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
