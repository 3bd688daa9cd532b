import type { Score } from '../midi/score.ts';
import { DEFAULT_MICROSECONDS_PER_QUARTER } from '../midi/tempo-map.ts';
import { scratch } from './scratch.ts';

export interface TempoStatistics {
  /** In force at tick 0. All tempos in quarter notes per minute. */
  readonly initial: number;
  /** Half of the playing time is at this tempo or slower. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How often the tempo takes another value while the music runs. */
  readonly changes: number;
}

/** Tempos of a score, each weighted by the seconds it is in force before `endTick`; n log n in the tempo events. */
export function tempoStatistics(tempos: Score['tempos'], endTick: number): TempoStatistics {
  const { initial, stretches } = stretchesOf(tempos, endTick);
  const bpm = (value: number) => 60e6 / value;
  if (stretches.length === 0) {
    const only = bpm(initial);
    return { initial: only, median: only, min: only, max: only, changes: 0 };
  }
  const values = distinct(stretches.value);
  const slowest = values.at(-1) ?? initial;
  const median = values.length === 1 ? slowest : weightedMedian(values, stretches);
  return {
    initial: bpm(initial),
    median: bpm(median),
    min: bpm(slowest),
    max: bpm(values[0] ?? initial),
    changes: stretches.length - 1,
  };
}

/** Stretches of unchanging tempo: microseconds per quarter, and their length in proportion to seconds. */
interface Stretches {
  readonly length: number;
  readonly value: Float64Array;
  readonly weight: Float64Array;
}

function stretchesOf(tempos: Score['tempos'], endTick: number): { initial: number; stretches: Stretches } {
  const events = tempos.tick.length;
  const value = scratch.float64(events + 1);
  const weight = scratch.float64(events + 1);
  let initial = DEFAULT_MICROSECONDS_PER_QUARTER;
  let current = DEFAULT_MICROSECONDS_PER_QUARTER;
  let start = 0;
  let last = -1;
  for (let i = 0; i <= events; i++) {
    const tick = i < events ? Math.min(tempos.tick[i] ?? 0, endTick) : endTick;
    if (tick > start) {
      if (last < 0 || value[last] !== current) last += 1;
      value[last] = current;
      weight[last] = (weight[last] ?? 0) + (tick - start) * current;
      start = tick;
    }
    if (i < events && (tempos.tick[i] ?? 0) <= endTick) current = tempos.microsecondsPerQuarter[i] ?? current;
    if (i < events && tempos.tick[i] === 0) initial = current;
  }
  const length = last + 1;
  return { initial, stretches: { length, value: value.subarray(0, length), weight: weight.subarray(0, length) } };
}

/** The distinct values in ascending order: the fastest tempo first. */
function distinct(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[count - 1]) {
      sorted[count] = sorted[i] ?? 0;
      count += 1;
    }
  }
  return sorted.subarray(0, count);
}

function weightedMedian(values: Float64Array, stretches: Stretches): number {
  const weights = scratch.float64(values.length);
  let total = 0;
  for (let i = 0; i < stretches.length; i++) {
    const index = indexOf(values, stretches.value[i] ?? 0);
    const weight = stretches.weight[i] ?? 0;
    weights[index] = (weights[index] ?? 0) + weight;
    total += weight;
  }
  let slower = 0;
  for (let i = values.length - 1; i >= 0; i--) {
    slower += weights[i] ?? 0;
    if (slower >= total / 2) return values[i] ?? 0;
  }
  return values[0] ?? 0;
}

/** Position of `value` in ascending `values`, which hold it. */
function indexOf(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
