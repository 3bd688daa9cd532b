/** The first and the last of consecutive indices. */
export type IndexRange = readonly [first: number, last: number];

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

  /** The members in order. */
  *[Symbol.iterator](): Generator<number> {
    for (let byte = 0; byte < this.#bits.length; byte++) {
      const bits = this.#bits[byte] ?? 0;
      for (let bit = 0; bits >> bit > 0; bit++) if ((bits & (1 << bit)) !== 0) yield this.#first + byte * 8 + bit;
    }
  }

  /** The members as ranges, in order. */
  ranges(): readonly IndexRange[] {
    const ranges: [number, number][] = [];
    for (const index of this) {
      const latest = ranges.at(-1);
      if (latest?.[1] === index - 1) latest[1] = index;
      else ranges.push([index, index]);
    }
    return ranges;
  }

  #makeRoom(byte: number): void {
    if (byte < this.#bits.length) return;
    const grown = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
    grown.set(this.#bits);
    this.#bits = grown;
  }
}
