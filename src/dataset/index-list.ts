/** Indexes of pairs in the order they came, four bytes each. */
export class IndexList implements Iterable<number> {
  #values = new Uint32Array(1 << 10);
  #length = 0;

  push(index: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Uint32Array(2 * this.#length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = index;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let at = 0; at < this.#length; at++) yield this.#values[at] as number;
  }

  /** Each once, where equal ones came one after the other. */
  *distinct(): Generator<number> {
    let last: number | undefined;
    for (const index of this) {
      if (index !== last) yield index;
      last = index;
    }
  }
}
