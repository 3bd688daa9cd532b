import { roundHalfEven } from '../bins.ts';
import type { PreparedPedals } from './prepared-score.ts';
import type { Section } from './sections.ts';

/** What NumPy makes of not-a-number in whole numbers of 32 bits on x86: where a grid has no step, MidiTok divides by it. */
const NOWHERE = -(2 ** 31);

/**
 * Where signatures of several denominators share a score, times are rounded to the grid of their stretch. `factors` are the
 * steps of the grids; there are two stretches or more.
 */
export interface GridRounding {
  /** Rounds ticks, which ascend, in place. */
  times(ticks: Int32Array, factors: readonly Section[]): void;
  /** Rounds onsets of notes in place. */
  onsets(onset: Int32Array, factors: readonly Section[]): void;
  /** Rounds where notes begin and where they end in place; a note is one step long at least. */
  spans(onset: Int32Array, duration: Int32Array, factors: readonly Section[]): void;
  /** Rounds where pedals go down and up, and makes one of those that touch. */
  pedals(
    pedals: PreparedPedals,
    factors: readonly Section[],
    merge: (pedals: PreparedPedals) => PreparedPedals,
  ): PreparedPedals;
}

/** As MidiTok does it from 3.1.0 on: each stretch has a grid of its own, which begins where the stretch does. */
export const gridRounding: GridRounding = {
  times: roundTimes,
  onsets: roundTimes,
  spans: roundSpans,
  pedals(pedals, factors, merge) {
    roundSpans(pedals.onset, pedals.duration, factors);
    return merge(pedals);
  },
};

function roundTimes(ticks: Int32Array, factors: readonly Section[]): void {
  let index = 0;
  let start = 0;
  for (const { end, value: step } of factors) {
    for (; index < ticks.length && (ticks[index] ?? 0) < end; index += 1) {
      ticks[index] = roundFrom(start, ticks[index] ?? 0, step);
    }
    start = end;
  }
}

function roundSpans(onset: Int32Array, duration: Int32Array, factors: readonly Section[]): void {
  const ends = onset.map((tick, index) => tick + (duration[index] ?? 0));
  roundTimes(onset, factors);
  ends.forEach((end, index) => {
    const stretch = stretchAt(end, factors);
    const rounded = roundFrom(factors[stretch - 1]?.end ?? 0, end, factors[stretch]?.value ?? 1);
    const tick = onset[index] ?? 0;
    duration[index] = rounded > tick ? rounded - tick : (factors[stretchAt(tick, factors)]?.value ?? 1);
  });
}

function roundFrom(start: number, tick: number, step: number): number {
  if (step === 0) return NOWHERE;
  return step === 1 ? tick : roundHalfEven((tick - start) / step) * step + start;
}

/** Index of the stretch that a tick is in. */
function stretchAt(tick: number, factors: readonly Section[]): number {
  let low = 0;
  let high = factors.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((factors[middle]?.end ?? 0) <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
