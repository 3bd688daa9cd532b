const ACROSS = 0xffffffff;

/** Which groups have members in more than one split: four bytes for each piece that there can be. */
export class SplitsOfGroups {
  /** Groups that do. */
  across = 0;
  readonly #numbers = new Map<string, number>();
  /** By the first piece of a group: the number of its only split so far, 0 for none. */
  readonly #splitOf: Uint32Array;

  /** @param capacity - one more than the highest index. */
  constructor(capacity: number) {
    this.#splitOf = new Uint32Array(capacity);
  }

  /** @param first - the first piece of the group that a member is of. */
  add(first: number, split: string): void {
    const number = this.#numbers.get(split) ?? this.#numbers.size + 1;
    this.#numbers.set(split, number);
    const known = this.#splitOf[first] as number;
    if (known === 0) this.#splitOf[first] = number;
    else if (known !== number && known !== ACROSS) {
      this.#splitOf[first] = ACROSS;
      this.across += 1;
    }
  }

  isAcross(first: number): boolean {
    return this.#splitOf[first] === ACROSS;
  }
}
