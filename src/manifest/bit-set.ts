/** Indices, a bit each up to the largest. */
export class BitSet {
  #bytes = new Uint8Array(64);

  /** Of what `toBase64` wrote, the indices below `end`. */
  static fromBase64(text: string, end: number): BitSet {
    const set = new BitSet();
    const bytes = Uint8Array.from(Buffer.from(text, 'base64').subarray(0, Math.ceil(end / 8)));
    const last = bytes.length - 1;
    if (end % 8 !== 0 && last === end >>> 3) bytes[last] = (bytes[last] ?? 0) & ((1 << (end & 7)) - 1);
    set.#bytes = bytes;
    return set;
  }

  toBase64(): string {
    const last = this.#bytes.findLastIndex((byte) => byte !== 0);
    return Buffer.from(this.#bytes.subarray(0, last + 1)).toString('base64');
  }

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
