import type { Notes } from '../../midi/score.ts';
import { nearestOneByOne, type TimeTable } from '../time-table.ts';
import type { Grid } from './grid.ts';
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
  /** Durations by ticks a beat. */
  readonly durations: (ticksPerBeat: number) => TimeTable;
  /** Programs whose notes have a duration. */
  readonly durationPrograms: ReadonlySet<number>;
  /** How a duration is said: by a token, by the token that ends the note, or on a finer grid than tokens are made for. */
  readonly lengths: 'tokens' | 'ends' | 'fine';
  readonly removeDuplicates: boolean;
}

/** Appends the notes of a group of tracks, resampled, filtered, merged and binned; returns how many are out of range. */
export function prepareNotes(
  notes: NoteList,
  { members, isDrum, program }: TrackGroup,
  grid: Grid,
  how: NotePreparation,
  sorter: NoteSorter,
): number {
  const from = notes.length;
  const range = isDrum ? how.drumPitchRange : how.pitchRange;
  let inFile = 0;
  for (const track of members) {
    inFile += track.notes.onset.length;
    appendNotes(notes, track.notes, grid.scale, range, how.nearestVelocity);
  }
  const outOfRange = inFile - (notes.length - from);
  if (notes.length === from) return outOfRange;
  if (members.length > 1) sorter.sort(notes, from, 'duration, pitch, velocity');
  const hasDurations = how.durationPrograms.has(program);
  if (grid.factors.length > 0) {
    const onset = notes.onset.subarray(from, notes.length);
    if (hasDurations && how.lengths === 'ends') {
      grid.rounding.spans(onset, notes.duration.subarray(from, notes.length), grid.factors);
    } else grid.rounding.onsets(onset, grid.factors);
  }
  if (hasDurations && how.lengths === 'tokens') {
    const { onset, duration, length } = notes;
    binDurations(onset.subarray(from, length), duration.subarray(from, length), grid.beats, how.durations);
  }
  if (how.removeDuplicates) removeDuplicates(notes, from, sorter);
  return outOfRange;
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

/** Durations, of notes or pedals, to the nearest that a token can say at the ticks per beat where they begin. */
export function binDurations(
  onset: Int32Array,
  duration: Int32Array,
  beats: readonly Section[],
  tableAt: (ticksPerBeat: number) => TimeTable,
): void {
  const lastOnset = onset.at(-1) ?? 0;
  let index = 0;
  for (const { end, value } of beats) {
    let next = onset.length;
    if (end <= lastOnset) {
      next = index;
      while (next < onset.length && (onset[next] ?? 0) < end) next += 1;
    }
    binSlice(duration, index, next, tableAt(value));
    index = next;
    if (end > lastOnset) return;
  }
}

function binSlice(duration: Int32Array, start: number, end: number, table: TimeTable): void {
  const { ticks, nearest, longest } = table;
  if (!table.isAscending) {
    nearestOneByOne(ticks, duration.subarray(start, end));
    return;
  }
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
