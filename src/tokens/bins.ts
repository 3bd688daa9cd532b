/**
 * Tables of the values a token can have, and the nearest one to a given value. All of them ascending.
 */

/** `count` velocities up to 127: trunc(i · 127 / count). */
export function velocityBins(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => Math.trunc(((index + 1) * 127) / count));
}

/**
 * `count` tempos in quarter notes a minute, both ends included, rounded to two decimals: evenly spaced, or each faster than
 * the one before by the same factor.
 */
export function tempoBins(
  [slowest, fastest]: readonly [number, number],
  count: number,
  areLogarithmic = false,
): readonly number[] {
  const tempos = areLogarithmic
    ? evenlySpaced(Math.log10(slowest), Math.log10(fastest), count).map((exponent) => 10 ** exponent)
    : evenlySpaced(slowest, fastest, count);
  return tempos.map((tempo) => roundHalfEven(tempo * 100) / 100);
}

/** `count` values of a controller from 0 to 127. */
export function controlBins(count: number): readonly number[] {
  return evenlySpaced(0, 127, count).map(roundHalfEven);
}

/** `count` pitch bend values, evenly spaced, both ends included, rounded down. */
export function pitchBendBins([low, high, count]: readonly [number, number, number]): readonly number[] {
  return evenlySpaced(low, high, count).map(Math.floor);
}

/** Index of the entry of an ascending table nearest to `value`; a tie goes to the larger entry. */
export function nearestIndex(table: ArrayLike<number>, value: number): number {
  const upper = lowerBound(table, value);
  if (upper === 0) return 0;
  const below = table[upper - 1] ?? 0;
  const above = table[upper];
  return above === undefined || value - below < above - value ? upper - 1 : upper;
}

/** Rounds to the nearest integer, a half to the even one (Python's `round`, NumPy's `rint`). */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Index of the first entry that is not less than `value`. */
function lowerBound(table: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((table[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As NumPy's `linspace`: `count` numbers, both ends included. */
export function evenlySpaced(low: number, high: number, count: number): readonly number[] {
  const step = (high - low) / (count - 1);
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return low;
    return index === count - 1 ? high : low + index * step;
  });
}
