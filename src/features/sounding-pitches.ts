import { MAX_CHORD_WINDOWS } from './chord-windows.ts';
import { DRUMS } from './merged-notes.ts';
import { noteTable } from './note-table.ts';
import { MAX_STEPS, type TimeGrid } from './time-grid.ts';

/** The bass of a window in which nothing sounds. */
const NO_BASS = 255;

/** What sounds in each window of time. The arrays may be longer. */
export interface Chroma {
  readonly windows: number;
  /** Twelve values a window: steps that each pitch class sounds, all its octaves added. */
  readonly weights: Int32Array;
  /** The pitch classes that sound in each window, as bits. */
  readonly used: Uint16Array;
  /** Lowest pitch of each window; 255 where nothing sounds. */
  readonly bass: Uint8Array;
}

/** Both hold until the next call. */
export interface SoundingPitches {
  /** How many pitches more or fewer sound in each step of the grid than in the one before. */
  readonly changes: Int16Array;
  readonly chroma: Chroma;
}

const changes = new Int16Array(MAX_STEPS + 1);
/** One window more than there can be, for what comes after the last. */
const weights = new Int32Array((MAX_CHORD_WINDOWS + 1) * 12);
const used = new Uint16Array(MAX_CHORD_WINDOWS + 1);
const bass = new Uint8Array(MAX_CHORD_WINDOWS + 1);
/** Step at which each pitch ends, as far as notes have begun. */
const heldUntil = new Int32Array(128);
/** Pitches that sound on after a window. */
const held = new Uint8Array(129);
const PITCH_CLASSES = Uint8Array.from({ length: 128 }, (_, pitch) => pitch % 12);

/**
 * Goes once through the notes, drums left out, as a binary piano roll has them: of each note counts what is not already
 * sounding when it begins. `boundaries` are steps that ascend, and window i is `[boundaries[i], boundaries[i + 1])`. Where
 * either of two things may be, signs are shifted into place of a branch, as it would be a coin toss in music.
 */
export function soundingPitches({ count, steps }: TimeGrid, boundaries: Int32Array): SoundingPitches {
  const windows = boundaries.length - 1;
  clear(windows, steps);
  const { pitch: pitches, program, firstStep, endStep } = noteTable;
  let note = 0;
  let heldCount = 0;
  let start = 0;
  for (let window = 0; window <= windows; window++) {
    const end = window < windows ? (boundaries[window + 1] as number) : steps;
    if (end === start) continue;
    const row = window * 12;
    let lowest = NO_BASS;
    let classes = 0;
    const heldBefore = heldCount;
    heldCount = 0;
    for (let i = 0; i < heldBefore; i++) {
      const pitch = held[i] as number;
      const pitchClass = PITCH_CLASSES[pitch] as number;
      const excess = (heldUntil[pitch] as number) - end;
      weights[row + pitchClass] = (weights[row + pitchClass] as number) + (end - start) + smaller(excess, 0);
      classes |= 1 << pitchClass;
      lowest = smaller(lowest, pitch);
      held[heldCount] = pitch;
      heldCount += isPositive(excess);
    }
    for (; note < count && (firstStep[note] as number) < end; note++) {
      const pitch = pitches[note] as number;
      const until = heldUntil[pitch] as number;
      const to = endStep[note] as number;
      if (to <= until || program[note] === DRUMS) continue;
      const from = larger(firstStep[note] as number, until);
      heldUntil[pitch] = to;
      changes[from] = (changes[from] as number) + 1;
      changes[to] = (changes[to] as number) - 1;
      held[heldCount] = pitch;
      heldCount += isPositive(to - end) & (1 - isPositive(until - end));
      if (from >= end) continue;
      const pitchClass = PITCH_CLASSES[pitch] as number;
      weights[row + pitchClass] = (weights[row + pitchClass] as number) + smaller(to, end) - from;
      classes |= 1 << pitchClass;
      lowest = smaller(lowest, pitch);
    }
    used[window] = classes;
    bass[window] = lowest;
    start = end;
  }
  return { changes, chroma: { windows, weights, used, bass } };
}

function clear(windows: number, steps: number): void {
  changes.fill(0, 0, steps + 1);
  weights.fill(0, 0, (windows + 1) * 12);
  used.fill(0, 0, windows + 1);
  bass.fill(NO_BASS, 0, windows + 1);
  heldUntil.fill(0);
}

/** 1 or 0. */
function isPositive(value: number): number {
  return -value >>> 31;
}

/** Of whole numbers that differ by less than 2^31. */
function smaller(a: number, b: number): number {
  return b + ((a - b) & ((a - b) >> 31));
}

function larger(a: number, b: number): number {
  return a - ((a - b) & ((a - b) >> 31));
}
