import type { Score, Tempos } from './score.ts';

/** Tempo of a file until its first tempo event, by the MIDI standard: 120 quarters a minute. */
export const DEFAULT_MICROSECONDS_PER_QUARTER = 500_000;

export interface TempoMap {
  /** Seconds from the start of the file to `tick` (>= 0). Ascending queries cost O(1) each, others O(log tempos). */
  secondsAt(tick: number): number;
  /** `secondsAt` of every tick; writes into `target` where one of equal length is given. */
  secondsAtAll(ticks: Float64Array, target?: Float64Array): Float64Array;
  /** Inverse of `secondsAt`, not rounded to whole ticks. */
  tickAt(seconds: number): number;
}

/**
 * The tempo map of a score. Of several tempos at one tick the last counts; before the first one 120 quarters a minute
 * hold. Time is summed as the integer `ticks * microseconds per quarter`, exact in float64 up to 9e15 (a day at 32,767
 * ticks a quarter takes 2.8e15), and divided once: no error adds up over thousands of tempo changes.
 *
 * @example createTempoMap(score).secondsAt(score.endTick) // duration in seconds
 */
export function createTempoMap(score: Pick<Score, 'tempos' | 'ticksPerQuarter'>): TempoMap {
  const { starts, tempos, sums, count } = segmentsOf(score.tempos);
  const scale = score.ticksPerQuarter * 1e6;
  let cursor = 0;

  /** Index of the last segment whose entry in `from` is <= `value`, looked for from the last answer onward. */
  function seek(from: Float64Array, value: number): number {
    if (value < at(from, cursor)) cursor = lastAtMost(from, count, value);
    else if (cursor + 8 < count && value >= at(from, cursor + 8)) cursor = lastAtMost(from, count, value);
    else while (cursor + 1 < count && value >= at(from, cursor + 1)) cursor += 1;
    return cursor;
  }

  function secondsAt(tick: number): number {
    const i = seek(starts, tick);
    return (at(sums, i) + (tick - at(starts, i)) * at(tempos, i)) / scale;
  }

  return {
    secondsAt,
    secondsAtAll(ticks, target = new Float64Array(ticks.length)) {
      let until = -1;
      let [start, tempo, sum] = [0, 0, 0];
      for (let i = 0; i < ticks.length; i++) {
        const tick = at(ticks, i);
        // Within a segment nothing has to be looked up.
        if (tick < start || tick >= until) {
          const segment = seek(starts, tick);
          [start, tempo, sum] = [at(starts, segment), at(tempos, segment), at(sums, segment)];
          until = segment + 1 < count ? at(starts, segment + 1) : Number.POSITIVE_INFINITY;
        }
        target[i] = (sum + (tick - start) * tempo) / scale;
      }
      return target;
    },
    tickAt(seconds) {
      const elapsed = Math.max(0, seconds * scale);
      const i = seek(sums, elapsed);
      return at(starts, i) + (elapsed - at(sums, i)) / at(tempos, i);
    },
  };
}

/** Seconds at `tick` if all of it went at the slowest tempo: an upper bound that makes no arrays. */
export function secondsAtSlowest({ microsecondsPerQuarter }: Tempos, ticksPerQuarter: number, tick: number): number {
  let slowest = DEFAULT_MICROSECONDS_PER_QUARTER;
  for (let i = 0; i < microsecondsPerQuarter.length; i++) slowest = Math.max(slowest, at(microsecondsPerQuarter, i));
  return (tick * slowest) / (ticksPerQuarter * 1e6);
}

/** Constant-tempo stretches: first tick, tempo, and the summed `ticks * microseconds per quarter` before it. */
function segmentsOf(events: Tempos) {
  const capacity = events.tick.length + 1;
  const starts = new Float64Array(capacity);
  const tempos = new Float64Array(capacity);
  const sums = new Float64Array(capacity);
  tempos[0] = DEFAULT_MICROSECONDS_PER_QUARTER;
  let last = 0;
  for (let i = 0; i < events.tick.length; i++) {
    const tick = at(events.tick, i);
    if (tick > at(starts, last)) {
      sums[last + 1] = at(sums, last) + (tick - at(starts, last)) * at(tempos, last);
      last += 1;
      starts[last] = tick;
    }
    tempos[last] = at(events.microsecondsPerQuarter, i);
  }
  return { starts, tempos, sums, count: last + 1 };
}

function lastAtMost(values: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(values, middle) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
