/** A set of pair indices from `first` on, one bit each: a million pairs take 125 KB. */
export class IndexSet {
  readonly #first: number;
  #bits = new Uint8Array(1024);
  #size = 0;

  constructor(first: number) {
    this.#first = first;
  }

  get size(): number {
    return this.#size;
  }

  has(index: number): boolean {
    const at = index - this.#first;
    return at >= 0 && ((this.#bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }

  set(index: number, member: boolean): void {
    if (this.has(index) === member) return;
    const at = index - this.#first;
    this.#makeRoom(at >> 3);
    this.#bits[at >> 3] = (this.#bits[at >> 3] ?? 0) ^ (1 << (at & 7));
    this.#size += member ? 1 : -1;
  }

  #makeRoom(byte: number): void {
    if (byte < this.#bits.length) return;
    const grown = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
    grown.set(this.#bits);
    this.#bits = grown;
  }
}
