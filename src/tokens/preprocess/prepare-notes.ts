import type { TimeTable } from '../time-values.ts';
import { roundDurations, roundOnsets, stretchEnds } from './grid-rounding.ts';
import type { NoteList } from './note-list.ts';
import type { Section } from './sections.ts';
import type { NoteSorter } from './sort-notes.ts';

/** How the notes of a score are brought to what tokens can say. */
export interface NotePreparation {
  readonly pitchRange: readonly [number, number];
  readonly drumPitchRange: readonly [number, number];
  /** Index of the nearest velocity bin, by velocity. */
  readonly nearestVelocity: Uint8Array;
  readonly factors: readonly Section[];
  readonly beatSections: readonly Section[];
  /** Durations by ticks a beat; `undefined` where durations are not tokens (MIDI-Like). */
  readonly durations: ((ticksPerBeat: number) => TimeTable) | undefined;
  readonly removeDuplicates: boolean;
}

/** Prepares the notes from `from` on, those of one track, in place; there can be fewer afterwards. */
export function prepareNotes(
  notes: NoteList,
  from: number,
  isDrum: boolean,
  how: NotePreparation,
  sorter: NoteSorter,
): void {
  keepPitches(notes, from, isDrum ? how.drumPitchRange : how.pitchRange);
  if (notes.length === from) return;
  binVelocities(notes, from, how.nearestVelocity);
  if (how.factors.length > 0) roundToGrid(notes, from, how);
  if (how.durations !== undefined) binDurations(notes, from, how.beatSections, how.durations);
  if (how.removeDuplicates) removeDuplicates(notes, from, sorter);
}

/** Onsets to the grid of their stretch; durations only where they are not binned afterwards. */
function roundToGrid(notes: NoteList, from: number, { factors, durations }: NotePreparation): void {
  const onset = notes.onset.subarray(from, notes.length);
  const ends = stretchEnds(onset, factors);
  roundOnsets(onset, factors, ends);
  if (durations === undefined) roundDurations(onset, notes.duration.subarray(from, notes.length), factors, ends);
}

function keepPitches(notes: NoteList, from: number, [lowest, highest]: readonly [number, number]): void {
  const { pitch, length } = notes;
  let kept = from;
  for (let index = from; index < length; index += 1) {
    const value = pitch[index] ?? 0;
    if (value < lowest || value > highest) continue;
    if (kept !== index) moveNote(notes, index, kept);
    kept += 1;
  }
  notes.length = kept;
}

function binVelocities({ velocity, length }: NoteList, from: number, nearest: Uint8Array): void {
  for (let index = from; index < length; index += 1) velocity[index] = nearest[velocity[index] ?? 0] ?? 0;
}

/** Durations to the nearest that a token can say at the ticks per beat where the note starts. */
function binDurations(
  notes: NoteList,
  from: number,
  sections: readonly Section[],
  tableAt: (ticksPerBeat: number) => TimeTable,
): void {
  const { onset, length } = notes;
  const lastOnset = onset[length - 1] ?? 0;
  let index = from;
  for (const { end, value } of sections) {
    let next = length;
    if (end <= lastOnset) {
      next = index;
      while (next < length && (onset[next] ?? 0) < end) next += 1;
    }
    binSlice(notes.duration, index, next, tableAt(value));
    index = next;
    if (end > lastOnset) return;
  }
}

function binSlice(duration: Int32Array, start: number, end: number, { ticks, nearest, longest }: TimeTable): void {
  for (let index = start; index < end; index += 1) {
    duration[index] = ticks[nearest[Math.min(duration[index] ?? 0, longest)] ?? 0] ?? 0;
  }
}

/** Of notes at one onset and pitch the shortest stays. The order that finds them stays, too. */
function removeDuplicates(notes: NoteList, from: number, sorter: NoteSorter): void {
  sorter.sort(notes, from, 'pitch, duration, velocity');
  const { onset, pitch, length } = notes;
  let kept = from + 1;
  for (let index = from + 1; index < length; index += 1) {
    if (onset[index] === onset[kept - 1] && pitch[index] === pitch[kept - 1]) continue;
    if (kept !== index) moveNote(notes, index, kept);
    kept += 1;
  }
  notes.length = kept;
}

function moveNote({ onset, duration, pitch, velocity }: NoteList, source: number, target: number): void {
  onset[target] = onset[source] ?? 0;
  duration[target] = duration[source] ?? 0;
  pitch[target] = pitch[source] ?? 0;
  velocity[target] = velocity[source] ?? 0;
}
