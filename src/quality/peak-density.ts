import { DRUMS, type MergedNotes } from '../features/merged-notes.ts';
import { scratch } from '../features/scratch.ts';
import type { TempoMap } from '../midi/tempo-map.ts';

/** Lengths of the windows of Aria-MIDI's density test; see `PRESETS`. */
export const PEAK_WINDOWS_SECONDS = [3, 5, 10, 45] as const;
/** A window begins each second from the first note on. */
const WINDOW_STEP_SECONDS = 1;
const PITCHES = 128;
/** More than sums of seconds are off. */
const ROUNDING_SECONDS = 1e-3;

type WindowSeconds = (typeof PEAK_WINDOWS_SECONDS)[number];

/** Notes a second in the densest window of each length, and of the pitch that is played most often in any window. */
export type PeakDensity = {
  readonly [Name in `peak_notes_per_second_${WindowSeconds}s` | `peak_pitch_rate_${WindowSeconds}s`]: number;
};

/** Names of the fields of `peakDensity`. */
export const PEAK_DENSITY_FIELDS: readonly (keyof PeakDensity)[] = PEAK_WINDOWS_SECONDS.flatMap((seconds) => [
  `peak_notes_per_second_${seconds}s` as const,
  `peak_pitch_rate_${seconds}s` as const,
]);

/**
 * The densest windows of a piece, without drums; all 0 for a piece without notes. As in aria-utils (EleutherAI,
 * `test_note_density_in_interval`) a window begins each second from the first note on, both its ends count, and counts
 * are divided by its length. Linear in the notes and seconds.
 *
 * @param tempoMap - `createTempoMap(score)`.
 */
export function peakDensity(notes: MergedNotes, tempoMap: TempoMap): PeakDensity {
  scratch.reset();
  const seconds = scratch.float64(notes.count);
  const pitches = scratch.uint8(notes.count);
  const count = pitchedNotes(notes, tempoMap, seconds, pitches);
  const piece: Piece = {
    seconds: seconds.subarray(0, count),
    windows: windowsOf(seconds, count),
    byPitch: secondsByPitch(seconds, pitches, count),
  };
  const density: Partial<Record<keyof PeakDensity, number>> = {};
  for (const length of PEAK_WINDOWS_SECONDS) {
    density[`peak_notes_per_second_${length}s`] = rounded(mostNotes(piece, length) / length);
    density[`peak_pitch_rate_${length}s`] = rounded(mostOfOnePitch(piece, length) / length);
  }
  return density as PeakDensity;
}

interface Piece {
  /** Onsets of the notes, ascending. */
  readonly seconds: Float64Array;
  readonly windows: Windows;
  readonly byPitch: PitchGroups;
}

interface Windows {
  /** Where each window begins. */
  readonly starts: Float64Array;
  /** The first note that begins with each window or later. */
  readonly firstNotes: Uint32Array;
}

interface PitchGroups {
  /** Onsets of the notes of one pitch after those of another, ascending for each. */
  readonly seconds: Float64Array;
  /** Where the notes of each pitch begin, and where the last of them ends. */
  readonly begins: Uint32Array;
}

/** Fills in what is played, drums left out, and returns how many notes that are. */
function pitchedNotes(notes: MergedNotes, tempoMap: TempoMap, seconds: Float64Array, pitches: Uint8Array): number {
  const { count, onset, pitch, program } = notes;
  tempoMap.secondsAtAll(onset, seconds);
  let pitched = 0;
  for (let i = 0; i < count; i++) {
    if (program[i] === DRUMS) continue;
    seconds[pitched] = seconds[i] as number;
    pitches[pitched++] = pitch[i] as number;
  }
  return pitched;
}

/** The windows up to the last note; each begins a second after the one before, whatever the rounding of the sum. */
function windowsOf(seconds: Float64Array, count: number): Windows {
  const first = seconds[0] ?? 0;
  const last = count > 0 ? (seconds[count - 1] as number) : first;
  const length = Math.ceil((last - first) / WINDOW_STEP_SECONDS) + 1;
  const starts = scratch.float64(length);
  const firstNotes = scratch.uint32(length);
  let start = first;
  let note = 0;
  for (let window = 0; window < length; window++) {
    while (note < count && (seconds[note] as number) < start) note += 1;
    starts[window] = start;
    firstNotes[window] = note;
    start += WINDOW_STEP_SECONDS;
  }
  return { starts, firstNotes };
}

function secondsByPitch(seconds: Float64Array, pitches: Uint8Array, count: number): PitchGroups {
  const begins = scratch.uint32(PITCHES + 1);
  const free = scratch.uint32(PITCHES);
  for (let i = 0; i < count; i++) {
    const pitch = pitches[i] as number;
    free[pitch] = (free[pitch] as number) + 1;
  }
  let begin = 0;
  for (let pitch = 0; pitch < PITCHES; pitch++) {
    const size = free[pitch] as number;
    begins[pitch] = free[pitch] = begin;
    begin += size;
  }
  begins[PITCHES] = begin;
  const sorted = scratch.float64(count);
  for (let i = 0; i < count; i++) {
    const pitch = pitches[i] as number;
    const place = free[pitch] as number;
    free[pitch] = place + 1;
    sorted[place] = seconds[i] as number;
  }
  return { seconds: sorted, begins };
}

function mostNotes({ seconds, windows: { starts, firstNotes } }: Piece, length: number): number {
  let most = 0;
  for (let window = 0; window < starts.length; window++) {
    const end = (starts[window] as number) + length;
    // Within a rounding error the window ends where another one begins.
    let after = window + length < starts.length ? (firstNotes[window + length] as number) : seconds.length;
    while (after < seconds.length && (seconds[after] as number) <= end) after += 1;
    while (after > 0 && (seconds[after - 1] as number) > end) after -= 1;
    const notes = after - (firstNotes[window] as number);
    if (notes > most) most = notes;
  }
  return most;
}

/**
 * Of the windows that a note is in, the first has most of the notes before it. So each note is asked whether one more than
 * the most so far lie between that window's start and the note; nearly always they are further apart than any window is long.
 */
function mostOfOnePitch({ windows: { starts }, byPitch: { seconds, begins } }: Piece, length: number): number {
  const longest = length + ROUNDING_SECONDS;
  let most = 0;
  for (let pitch = 0; pitch < PITCHES; pitch++) {
    const first = begins[pitch] as number;
    const end = begins[pitch + 1] as number;
    for (let i = first + most; i < end; i++) {
      const note = seconds[i] as number;
      if (note - (seconds[i - most] as number) > longest) continue;
      const start = starts[firstWindow(starts, note, length)] as number;
      while (i - most >= first && (seconds[i - most] as number) >= start) most += 1;
    }
  }
  return most;
}

/** The first window that a note is in. */
function firstWindow(starts: Float64Array, note: number, length: number): number {
  let window = Math.max(0, Math.ceil(note - length - (starts[0] as number)));
  while (window > 0 && (starts[window - 1] as number) + length >= note) window -= 1;
  while ((starts[window] as number) + length < note) window += 1;
  return window;
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
