/**
 * A sum of floating-point numbers without rounding error (Shewchuk, 1997), so that the sum of two parts and of the whole
 * agree to the last bit, in whatever order the numbers came.
 */
export class ExactSum {
  /** Do not overlap; their exact sum is the sum. */
  #partials: number[] = [];

  add(value: number): void {
    const partials: number[] = [];
    let rest = value;
    for (const partial of this.#partials) {
      const [large, small] = Math.abs(rest) < Math.abs(partial) ? [partial, rest] : [rest, partial];
      rest = large + small;
      const lost = small - (rest - large);
      if (lost !== 0) partials.push(lost);
    }
    partials.push(rest);
    this.#partials = partials;
  }

  addAll(other: ExactSum): void {
    for (const partial of other.#partials) this.add(partial);
  }

  /** The sum, rounded once. */
  get value(): number {
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
