import { MidiloomError } from '../../errors.ts';
import { roundHalfEven } from '../bins.ts';
import type { GridRounding } from './grid-rounding.ts';
import type { Section } from './sections.ts';

/** Stretches times notes (or pedals); beyond this no music is found, only files made to waste time. */
const MOST_WORK = 5e7;

/**
 * As MidiTok did it up to 3.0.6: all stretches share one grid, and what belongs to which stretch is found with indices that
 * are counted from elsewhere than they are used from (../shared/MIDITOK.md 4.9). Ids depend on it.
 */
export const gridRoundingBefore31: GridRounding = {
  times: roundTicks,
  onsets: (onset, factors) => roundOnsets(onset, factors, stretchEnds(onset, factors)),
  spans(onset, duration, factors) {
    const ends = stretchEnds(onset, factors);
    roundOnsets(onset, factors, ends);
    roundDurations(onset, duration, factors, ends);
  },
  pedals(pedals, factors, merge) {
    roundOnsets(pedals.onset, factors, stretchEnds(pedals.onset, factors));
    const merged = merge(pedals);
    roundDurations(merged.onset, merged.duration, factors, stretchEnds(merged.onset, factors));
    return merged;
  },
};

/**
 * For each stretch the index at which it ends in a list of times: that of the first one at or past its end, counted from
 * where the stretch before ended (sic), 0 where there is none.
 * @throws MidiloomError `too_many_time_signatures`.
 */
function stretchEnds(times: Int32Array, factors: readonly Section[]): readonly number[] {
  if (factors.length * times.length > MOST_WORK) {
    throw new MidiloomError('too_many_time_signatures', 'the time signature changes too often to be tokenized');
  }
  const ends: number[] = [];
  let first = 0;
  for (const section of factors.slice(0, -1)) {
    const found = firstAtOrPast(times, first, section.end);
    first = found === times.length ? 0 : found - first;
    ends.push(first);
  }
  ends.push(times.length - 1);
  return ends;
}

/** Rounds onsets in place; `ends` are their stretches. */
function roundOnsets(onset: Int32Array, factors: readonly Section[], ends: readonly number[]): void {
  forEachSlice(factors, ends, onset.length, (start, end, factor) => roundSlice(onset, start, end, factor));
}

/** Rounds durations in place, at least to one step of the grid; `ends` are the stretches of the onsets. */
function roundDurations(
  onset: Int32Array,
  duration: Int32Array,
  factors: readonly Section[],
  ends: readonly number[],
): void {
  forEachSlice(factors, ends, onset.length, (start, end, factor) => {
    for (let index = start; index < end; index += 1) {
      duration[index] = roundHalfEven((duration[index] ?? 0) / factor) * factor || factor;
    }
  });
  const noteEnd = onset.map((tick, index) => tick + (duration[index] ?? 0));
  let start = 0;
  for (let row = 0; row < factors.length - 1; row += 1) {
    const end = ends[row] ?? 0;
    const border = onset[end] ?? 0;
    for (let index = start; index < end; index += 1) {
      if ((noteEnd[index] ?? 0) < border) continue;
      // The note reaches past its stretch. MidiTok counts it from the start of the stretch and changes the one that has
      // that number in the track, by a factor found in the same way.
      const other = index - start;
      const tick = onset[other] ?? 0;
      const offset = ends.findIndex((limit, at) => at >= row && limit >= tick) - row;
      const factor = factors[Math.max(0, offset)]?.value ?? 1;
      duration[other] = roundHalfEven((noteEnd[other] ?? 0) / factor) * factor - tick;
    }
    start = end;
  }
}

/** Rounds ticks of tempos or pitch bends. MidiTok takes the ticks at which stretches end for indices into the list. */
function roundTicks(ticks: Int32Array, factors: readonly Section[]): void {
  const ends = factors.map((section) => section.end);
  forEachSlice(factors, ends, ticks.length, (start, end, factor) => roundSlice(ticks, start, end, factor));
}

/** Calls `round` for the entries of each stretch whose grid is coarser than the score's; the last has all that is left. */
function forEachSlice(
  factors: readonly Section[],
  ends: readonly number[],
  count: number,
  round: (start: number, end: number, factor: number) => void,
): void {
  let start = 0;
  factors.forEach(({ value: factor }, row) => {
    const end = row === factors.length - 1 ? count : Math.min(count, ends[row] ?? 0);
    if (factor !== 1) round(start, end, factor);
    start = ends[row] ?? 0;
  });
}

function roundSlice(ticks: Int32Array, start: number, end: number, factor: number): void {
  for (let index = start; index < end; index += 1) {
    ticks[index] = roundHalfEven((ticks[index] ?? 0) / factor) * factor;
  }
}

function firstAtOrPast(ticks: Int32Array, from: number, limit: number): number {
  let low = from;
  let high = ticks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ticks[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
