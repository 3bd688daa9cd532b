/** How often each of 128 values is in a window that notes enter and leave, and how often the most frequent is. */
export class SlidingCounts {
  /** Count of the most frequent value. */
  most = 0;
  readonly #counts = new Uint32Array(128);
  /** How many values have each count. Only as long as the largest count that was met. */
  readonly #valuesOf: number[] = [128];

  add(value: number): void {
    const count = this.#counts[value] as number;
    this.#move(count, count + 1);
    this.#counts[value] = count + 1;
    if (count + 1 > this.most) this.most = count + 1;
  }

  remove(value: number): void {
    const count = this.#counts[value] as number;
    this.#move(count, count - 1);
    this.#counts[value] = count - 1;
    if (count === this.most && this.#valuesOf[count] === 0) this.most -= 1;
  }

  #move(from: number, to: number): void {
    this.#valuesOf[from] = (this.#valuesOf[from] ?? 0) - 1;
    this.#valuesOf[to] = (this.#valuesOf[to] ?? 0) + 1;
  }
}
