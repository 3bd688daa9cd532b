/** Below every slot: none has the key. */
export const NO_SLOT = -1;

/**
 * Finds which slots have a key of 64 bits; several may have the same one, and are found in their order. Takes 8 to 12 bytes a slot
 * besides the keys: a map of a million keys would take a hundred.
 */
export class KeyTable {
  readonly #keys: BigUint64Array;
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #mask: bigint;

  /** @param isMember - whether a slot can be found. */
  constructor(keys: BigUint64Array, isMember: (slot: number) => boolean) {
    const size = 2 ** Math.max(4, Math.ceil(Math.log2(keys.length + 1)));
    this.#keys = keys;
    this.#mask = BigInt(size - 1);
    this.#heads = new Int32Array(size).fill(NO_SLOT);
    this.#next = new Int32Array(keys.length).fill(NO_SLOT);
    // From the last one on, so that each list begins with the first.
    for (let slot = keys.length - 1; slot >= 0; slot--) {
      if (!isMember(slot)) continue;
      const bucket = this.#bucketOf(keys[slot] ?? 0n);
      this.#next[slot] = this.#heads[bucket] ?? NO_SLOT;
      this.#heads[bucket] = slot;
    }
  }

  /** The slots that have the key, ascending. */
  *find(key: bigint): Generator<number> {
    for (let slot = this.#heads[this.#bucketOf(key)] ?? NO_SLOT; slot >= 0; slot = this.#next[slot] ?? NO_SLOT) {
      if (this.#keys[slot] === key) yield slot;
    }
  }

  /** Takes the first slot with the key out of the table; `NO_SLOT` where there is none left. */
  take(key: bigint): number {
    const bucket = this.#bucketOf(key);
    let before = NO_SLOT;
    for (let slot = this.#heads[bucket] ?? NO_SLOT; slot >= 0; slot = this.#next[slot] ?? NO_SLOT) {
      if (this.#keys[slot] !== key) {
        before = slot;
        continue;
      }
      const after = this.#next[slot] ?? NO_SLOT;
      if (before === NO_SLOT) this.#heads[bucket] = after;
      else this.#next[before] = after;
      return slot;
    }
    return NO_SLOT;
  }

  #bucketOf(key: bigint): number {
    return Number(key & this.#mask);
  }
}
