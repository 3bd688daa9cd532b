/** Up to here every whole number is a double, and so is a sum of two. */
const LARGE = 2 ** 52;

/**
 * A sum of floating-point numbers without rounding error (Shewchuk, 1997), so that the sum of two parts and of the whole
 * agree to the last bit, in whatever order the numbers came.
 */
export class ExactSum {
  /** Do not overlap; their exact sum is the sum, but for that of whole numbers. */
  readonly #partials: number[] = [];
  /** Sum of whole numbers that is one itself, without rounding. */
  #whole = 0;

  add(value: number): void {
    const whole = this.#whole + value;
    if (Number.isInteger(value) && Math.abs(value) < LARGE && Math.abs(whole) < LARGE) this.#whole = whole;
    else this.#addPart(value);
  }

  #addPart(value: number): void {
    const partials = this.#partials;
    let kept = 0;
    let rest = value;
    for (let at = 0; at < partials.length; at++) {
      const partial = partials[at] ?? 0;
      const sum = rest + partial;
      const lost = Math.abs(rest) < Math.abs(partial) ? rest - (sum - partial) : partial - (sum - rest);
      if (lost !== 0) partials[kept++] = lost;
      rest = sum;
    }
    partials[kept++] = rest;
    partials.length = kept;
  }

  addAll(other: ExactSum): void {
    for (const partial of other.#partials) this.#addPart(partial);
    this.#addPart(other.#whole);
  }

  /** The sum, rounded once. */
  get value(): number {
    if (this.#whole !== 0) {
      this.#addPart(this.#whole);
      this.#whole = 0;
    }
    const partials = this.#partials;
    let at = partials.length - 1;
    let sum = partials[at] ?? 0;
    let lost = 0;
    while (at > 0 && lost === 0) {
      const before = sum;
      const partial = partials[--at] ?? 0;
      sum = before + partial;
      lost = partial - (sum - before);
    }
    // Half-way between two numbers, what lies below decides the direction.
    const below = partials[at - 1] ?? 0;
    if (at > 0 && ((lost < 0 && below < 0) || (lost > 0 && below > 0))) {
      const doubled = lost * 2;
      const nudged = sum + doubled;
      if (doubled === nudged - sum) return nudged;
    }
    return sum;
  }
}
