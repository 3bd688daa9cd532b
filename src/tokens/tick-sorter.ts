/** Larger digits take fewer passes, smaller ones less work in each: 12 bits hold eight minutes at 8 ticks a quarter. */
const MOST_DIGIT_BITS = 12;
const LEAST_DIGIT_BITS = 8;

/**
 * Orders things by tick, keeping the order of those at the same tick: a radix sort, linear in time whatever the input
 * (a file can hold a million notes at one tick). Keeps its memory from call to call.
 */
export class TickSorter {
  #order = new Int32Array(0);
  #other = new Int32Array(0);
  readonly #places = new Int32Array(1 << MOST_DIGIT_BITS);

  /**
   * Indices into `ticks` (whole numbers; below 0 only where MidiTok is wrong, too, and slowly) from `from` to `to`, in ascending order of tick. The result is
   * valid until the next call and may be longer than `to - from`.
   */
  order(ticks: Int32Array, from: number, to: number): Int32Array {
    const count = to - from;
    if (this.#order.length < count) {
      const capacity = Math.max(1024, count, this.#order.length * 2);
      this.#order = new Int32Array(capacity);
      this.#other = new Int32Array(capacity);
    }
    const largest = largestIfUnsorted(ticks, from, to);
    if (largest === 0) {
      for (let index = 0; index < count; index += 1) this.#order[index] = from + index;
      return this.#order;
    }
    if (largest < 0)
      return this.#order
        .subarray(0, count)
        .map((_, index) => from + index)
        .sort((a, b) => (ticks[a] ?? 0) - (ticks[b] ?? 0));
    const digitBits = count < 1 << (MOST_DIGIT_BITS - 2) ? LEAST_DIGIT_BITS : MOST_DIGIT_BITS;
    const places = this.#places.subarray(0, 1 << digitBits);
    sortByLowestDigit(ticks, from, to, this.#order, places, largest);
    for (let shift = digitBits; shift < 31 && largest >>> shift > 0; shift += digitBits) {
      sortByDigit(ticks, this.#order, this.#other, count, shift, places);
      [this.#order, this.#other] = [this.#other, this.#order];
    }
    return this.#order;
  }
}

/** The largest tick, but 0 where ticks ascend already, and -1 where one is negative. */
function largestIfUnsorted(ticks: Int32Array, from: number, to: number): number {
  let largest = 0;
  let isSorted = true;
  let isNegative = false;
  for (let index = from; index < to; index += 1) {
    const tick = ticks[index] ?? 0;
    if (tick >= largest) largest = tick;
    else {
      isSorted = false;
      if (tick < 0) isNegative = true;
    }
  }
  if (isNegative) return -1;
  return isSorted ? 0 : largest;
}

function sortByLowestDigit(
  ticks: Int32Array,
  from: number,
  to: number,
  target: Int32Array,
  places: Int32Array,
  largest: number,
): void {
  const mask = places.length - 1;
  places.fill(0);
  for (let index = from; index < to; index += 1) {
    const digit = (ticks[index] ?? 0) & mask;
    places[digit] = (places[digit] ?? 0) + 1;
  }
  countsToPlaces(places, Math.min(mask, largest));
  for (let index = from; index < to; index += 1) {
    const digit = (ticks[index] ?? 0) & mask;
    const place = places[digit] ?? 0;
    places[digit] = place + 1;
    target[place] = index;
  }
}

/** The passes that follow: as the first, but over an order instead of the items themselves. */
function sortByDigit(
  ticks: Int32Array,
  source: Int32Array,
  target: Int32Array,
  count: number,
  shift: number,
  places: Int32Array,
): void {
  const mask = places.length - 1;
  places.fill(0);
  for (let index = 0; index < count; index += 1) {
    const digit = ((ticks[source[index] ?? 0] ?? 0) >>> shift) & mask;
    places[digit] = (places[digit] ?? 0) + 1;
  }
  countsToPlaces(places, mask);
  for (let index = 0; index < count; index += 1) {
    const item = source[index] ?? 0;
    const digit = ((ticks[item] ?? 0) >>> shift) & mask;
    const place = places[digit] ?? 0;
    places[digit] = place + 1;
    target[place] = item;
  }
}

/** How many have each digit becomes where the first of them goes. */
function countsToPlaces(places: Int32Array, lastDigit: number): void {
  let start = 0;
  for (let digit = 0; digit <= lastDigit; digit += 1) {
    const size = places[digit] ?? 0;
    places[digit] = start;
    start += size;
  }
}
