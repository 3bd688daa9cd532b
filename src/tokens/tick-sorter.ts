const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Orders things by tick, keeping the order of those at the same tick: a radix sort, linear in time whatever the input
 * (a file can hold a million notes at one tick). Keeps its memory from call to call.
 */
export class TickSorter {
  #order = new Int32Array(0);
  #other = new Int32Array(0);
  readonly #counts = new Int32Array(DIGITS);

  /**
   * Indices into `ticks` (integers from 0 to 2^31 - 1) from `from` to `to`, in ascending order of tick. The result is
   * valid until the next call and may be longer than `to - from`.
   */
  order(ticks: Int32Array, from: number, to: number): Int32Array {
    const count = to - from;
    if (this.#order.length < count) {
      const capacity = Math.max(1024, count, this.#order.length * 2);
      this.#order = new Int32Array(capacity);
      this.#other = new Int32Array(capacity);
    }
    let last = 0;
    let previous = 0;
    let isSorted = true;
    for (let index = 0; index < count; index += 1) {
      this.#order[index] = from + index;
      const tick = ticks[from + index] ?? 0;
      if (tick < previous) isSorted = false;
      if (tick > last) last = tick;
      previous = tick;
    }
    if (isSorted) return this.#order;
    for (let shift = 0; shift < 31 && last >>> shift > 0; shift += DIGIT_BITS) this.#sortByDigit(ticks, count, shift);
    return this.#order;
  }

  #sortByDigit(ticks: Int32Array, count: number, shift: number): void {
    const counts = this.#counts.fill(0);
    const source = this.#order;
    const target = this.#other;
    for (let index = 0; index < count; index += 1) {
      const digit = ((ticks[source[index] ?? 0] ?? 0) >>> shift) & (DIGITS - 1);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    let start = 0;
    for (let digit = 0; digit < DIGITS; digit += 1) {
      const size = counts[digit] ?? 0;
      counts[digit] = start;
      start += size;
    }
    for (let index = 0; index < count; index += 1) {
      const item = source[index] ?? 0;
      const digit = ((ticks[item] ?? 0) >>> shift) & (DIGITS - 1);
      const place = counts[digit] ?? 0;
      counts[digit] = place + 1;
      target[place] = item;
    }
    this.#order = target;
    this.#other = source;
  }
}
