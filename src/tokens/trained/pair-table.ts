const FREE = -1;

/** What two neighbouring ids become, by the pair: an open hash table, at most half full, of whole numbers. */
export class PairTable {
  readonly #mask: number;
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #value: Int32Array;

  /** @param most - How many pairs there can be. */
  constructor(most: number) {
    const size = 2 ** (33 - Math.clz32(most));
    this.#mask = size - 1;
    this.#left = new Int32Array(size).fill(FREE);
    this.#right = new Int32Array(size);
    this.#value = new Int32Array(size).fill(FREE);
  }

  set(left: number, right: number, value: number): void {
    const slot = this.#slotOf(left, right);
    this.#left[slot] = left;
    this.#right[slot] = right;
    this.#value[slot] = value;
  }

  /** The value of a pair of ids from 0; -1 where it has none. */
  get(left: number, right: number): number {
    return this.#value[this.#slotOf(left, right)] as number;
  }

  #slotOf(left: number, right: number): number {
    let slot = this.#hash(left, right);
    while (this.#left[slot] !== FREE && (this.#left[slot] !== left || this.#right[slot] !== right)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #hash(left: number, right: number): number {
    const mixed = Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}
