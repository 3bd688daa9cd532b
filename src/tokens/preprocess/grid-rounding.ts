import { MidiloomError } from '../../errors.ts';
import { roundHalfEven } from '../bins.ts';
import type { NoteList } from './note-list.ts';
import type { Section } from './sections.ts';

/**
 * Where signatures of several denominators share a score, times are rounded to the grid of their stretch. What belongs
 * to which stretch is found as MidiTok finds it, index quirks included (../shared/MIDITOK.md 4.9): ids depend on them.
 */

/** Stretches times notes; beyond this no music is found, only files made to waste time. */
const MOST_WORK = 5e7;

/**
 * Rounds the onsets of the notes from `from` on. Returns for each stretch the index, relative to `from`, at which it
 * ends: of the first note at or past its end, counted from where the stretch before ended (sic), 0 where there is none.
 * @throws MidiloomError `too_many_time_signatures`.
 */
export function roundOnsets(notes: NoteList, from: number, factors: readonly Section[]): readonly number[] {
  const count = notes.length - from;
  if (factors.length * count > MOST_WORK) {
    throw new MidiloomError('too_many_time_signatures', 'the time signature changes too often to be tokenized');
  }
  const onset = notes.onset.subarray(from, notes.length);
  const ends: number[] = [];
  let first = 0;
  for (const section of factors.slice(0, -1)) {
    const index = firstAtOrPast(onset, first, section.end) - first;
    const end = first + index === count ? 0 : index;
    ends.push(end);
    first = end;
  }
  ends.push(count - 1);
  forEachSlice(factors, ends, count, (start, end, factor) => roundSlice(onset, start, end, factor));
  return ends;
}

/** Rounds the durations of the notes from `from` on (MIDI-Like only); `ends` as `roundOnsets` returned them. */
export function roundDurations(
  notes: NoteList,
  from: number,
  factors: readonly Section[],
  ends: readonly number[],
): void {
  const onset = notes.onset.subarray(from, notes.length);
  const duration = notes.duration.subarray(from, notes.length);
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
export function roundTicks(ticks: Int32Array, factors: readonly Section[]): void {
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
