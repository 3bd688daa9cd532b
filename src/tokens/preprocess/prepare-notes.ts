import type { Notes } from '../../midi/score.ts';
import type { TimeTable } from '../time-values.ts';
import { roundDurations, roundOnsets, stretchEnds } from './grid-rounding.ts';
import { type NoteList, pitchOf, toneOf } from './note-list.ts';
import { ALMOST_HALF } from './resample.ts';
import type { Section } from './sections.ts';
import type { NoteSorter } from './sort-notes.ts';
import type { TrackGroup } from './track-groups.ts';

/** How the notes of a score are brought to what tokens can say. */
export interface NotePreparation {
  readonly pitchRange: readonly [number, number];
  readonly drumPitchRange: readonly [number, number];
  /** Index of the nearest velocity bin, by velocity. */
  readonly nearestVelocity: Uint8Array;
  readonly factors: readonly Section[];
  readonly beatSections: readonly Section[];
  /** Durations by ticks a beat; `undefined` where durations stay as they are (MIDI-Like, PerTok). */
  readonly durations: ((ticksPerBeat: number) => TimeTable) | undefined;
  readonly removeDuplicates: boolean;
}

/** Appends the notes of a group of tracks, resampled, filtered, merged and binned. */
export function prepareNotes(
  notes: NoteList,
  { members, isDrum }: TrackGroup,
  scale: number,
  how: NotePreparation,
  sorter: NoteSorter,
): void {
  const from = notes.length;
  const range = isDrum ? how.drumPitchRange : how.pitchRange;
  for (const track of members) appendNotes(notes, track.notes, scale, range, how.nearestVelocity);
  if (notes.length === from) return;
  if (members.length > 1) sorter.sort(notes, from, 'duration, pitch, velocity');
  if (how.factors.length > 0) roundToGrid(notes, from, how);
  if (how.durations !== undefined) binDurations(notes, from, how.beatSections, how.durations);
  if (how.removeDuplicates) removeDuplicates(notes, from, sorter);
}

/**
 * Appends the notes of one track that are in range, resampled. MidiTok filters pitches and bins velocities only after it
 * has sorted merged tracks by velocity, too; as bins rise with the velocity, the order is the same.
 */
function appendNotes(
  list: NoteList,
  notes: Notes,
  scale: number,
  [lowest, highest]: readonly [number, number],
  nearestVelocity: Uint8Array,
): void {
  const count = notes.onset.length;
  list.reserve(count);
  const { onset, duration, tone } = list;
  const shortest = scale === 1 ? 0 : 1;
  let kept = list.length;
  for (let index = 0; index < count; index += 1) {
    const pitch = notes.pitch[index] ?? 0;
    // Cut by `| 0`, which below 2^31 is the floor, and compared as integers: `Math.max` minds NaN and -0.
    const ticks = ((notes.duration[index] ?? 0) * scale + ALMOST_HALF) | 0;
    onset[kept] = ((notes.onset[index] ?? 0) * scale + ALMOST_HALF) | 0;
    duration[kept] = ticks > shortest ? ticks : shortest;
    tone[kept] = toneOf(pitch, nearestVelocity[notes.velocity[index] ?? 0] ?? 0);
    if (pitch >= lowest && pitch <= highest) kept += 1;
  }
  list.length = kept;
}

/** Onsets to the grid of their stretch; durations only where they are not binned afterwards. */
function roundToGrid(notes: NoteList, from: number, { factors, durations }: NotePreparation): void {
  const onset = notes.onset.subarray(from, notes.length);
  const ends = stretchEnds(onset, factors);
  roundOnsets(onset, factors, ends);
  if (durations === undefined) roundDurations(onset, notes.duration.subarray(from, notes.length), factors, ends);
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
  const { onset, duration, tone, length } = notes;
  let kept = from + 1;
  for (let index = from + 1; index < length; index += 1) {
    const toneHere = tone[index] ?? 0;
    if (onset[index] === onset[kept - 1] && pitchOf(toneHere) === pitchOf(tone[kept - 1] ?? 0)) continue;
    onset[kept] = onset[index] ?? 0;
    duration[kept] = duration[index] ?? 0;
    tone[kept] = toneHere;
    kept += 1;
  }
  notes.length = kept;
}
