/** A pair without a result, and why. */
export interface FailedPair {
  readonly index: number;
  readonly code: string;
}

/** What has failed, for who only looks. */
export type ReadonlyFailedPairs = Pick<FailedPairs, 'size' | 'has' | 'codeOf'> & Iterable<FailedPair>;

const NO_FAILURE = 0;
const MAX_CODES = 2 ** 16;

/** The pairs from `first` on that have no result, each with its code: two bytes a pair, up to the last of them. */
export class FailedPairs {
  readonly #first: number;
  #numbers = new Uint16Array(1024);
  /** By their numbers. */
  readonly #codes: string[] = [''];
  readonly #numberOf = new Map<string, number>();
  #size = 0;

  constructor(first: number) {
    this.#first = first;
  }

  get size(): number {
    return this.#size;
  }

  has(index: number): boolean {
    return this.#numberAt(index) !== NO_FAILURE;
  }

  /** Why the pair has no result; `undefined` where it has one, or was not tried. */
  codeOf(index: number): string | undefined {
    return this.has(index) ? this.#codes[this.#numberAt(index)] : undefined;
  }

  add({ index, code }: FailedPair): void {
    if (!this.has(index)) this.#size++;
    const at = index - this.#first;
    this.#makeRoom(at);
    this.#numbers[at] = this.#numberOfCode(code);
  }

  /** The pair has a result. */
  delete(index: number): void {
    if (!this.has(index)) return;
    this.#size--;
    this.#numbers[index - this.#first] = NO_FAILURE;
  }

  /** In order. */
  *[Symbol.iterator](): Generator<FailedPair> {
    for (let at = 0; at < this.#numbers.length; at++) {
      const number = this.#numbers[at] ?? NO_FAILURE;
      if (number !== NO_FAILURE) yield { index: this.#first + at, code: this.#codes[number] ?? '' };
    }
  }

  #numberAt(index: number): number {
    const at = index - this.#first;
    return at < 0 ? NO_FAILURE : (this.#numbers[at] ?? NO_FAILURE);
  }

  #numberOfCode(code: string): number {
    const known = this.#numberOf.get(code);
    if (known !== undefined) return known;
    // The program has some sixty; what is damaged so that it has more is only counted.
    if (this.#codes.length === MAX_CODES) return MAX_CODES - 1;
    this.#numberOf.set(code, this.#codes.length);
    return this.#codes.push(code) - 1;
  }

  #makeRoom(at: number): void {
    if (at < this.#numbers.length) return;
    const grown = new Uint16Array(Math.max(at + 1, this.#numbers.length * 2));
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}
