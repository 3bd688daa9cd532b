/** Indices, a bit each up to the largest. */
export class BitSet {
  #bytes = new Uint8Array(64);

  add(index: number): void {
    const at = index >>> 3;
    if (at >= this.#bytes.length) {
      const larger = new Uint8Array(2 ** Math.ceil(Math.log2(at + 1)) * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[at] = (this.#bytes[at] ?? 0) | (1 << (index & 7));
  }

  has(index: number): boolean {
    return ((this.#bytes[index >>> 3] ?? 0) & (1 << (index & 7))) !== 0;
  }
}
