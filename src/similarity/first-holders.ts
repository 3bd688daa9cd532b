import { mixWords } from './mix-words.ts';

const FIRST_SLOTS = 64;
/** Of the slots at most this share is taken; a table that is full grows by half. */
const FULL = 0.75;
const GROWTH = 1.5;

/**
 * Which piece had a key first: a hash table of four to eight bytes for each different key. The keys themselves, of two words, are
 * columns by index.
 */
export class FirstHolders {
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  /** Index of a piece plus one, 0 in a free slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #taken = 0;

  constructor(low: Uint32Array, high: Uint32Array) {
    this.#low = low;
    this.#high = high;
  }

  /** Notes the key at an index. @returns the index that it was noted for first; the same one where it is new. */
  enter(index: number): number {
    const slot = this.#find(this.#slots, index);
    const holder = this.#slots[slot] as number;
    if (holder !== 0) return holder - 1;
    this.#slots[slot] = index + 1;
    this.#taken += 1;
    if (this.#taken > this.#slots.length * FULL) this.#grow();
    return index;
  }

  /** The slot of the piece with the same key as the one at an index, or the free one that it belongs in. */
  #find(slots: Uint32Array, index: number): number {
    const low = this.#low[index] as number;
    const high = this.#high[index] as number;
    const { length } = slots;
    let slot = Math.floor(((mixWords(low, high, 0) >>> 0) / 2 ** 32) * length);
    for (let holder = slots[slot] as number; holder !== 0; holder = slots[slot] as number) {
      if (this.#low[holder - 1] === low && this.#high[holder - 1] === high) return slot;
      slot = slot + 1 === length ? 0 : slot + 1;
    }
    return slot;
  }

  #grow(): void {
    const larger = new Uint32Array(Math.ceil(this.#slots.length * GROWTH));
    for (const holder of this.#slots) if (holder !== 0) larger[this.#find(larger, holder - 1)] = holder;
    this.#slots = larger;
  }
}
