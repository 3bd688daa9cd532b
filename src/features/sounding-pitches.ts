import { isPositive, larger, smaller } from './by-sign.ts';
import { MAX_CHORD_WINDOWS } from './chord-windows.ts';
import { DRUMS } from './merged-notes.ts';
import { noteTable } from './note-table.ts';
import { MAX_STEPS, type TimeGrid } from './time-grid.ts';

/** The bass of a window in which nothing sounds. */
const NO_BASS = 255;

/** What sounds in each window of time. The arrays may be longer, and hold until the next call. */
export interface Chroma {
  readonly windows: number;
  /** Twelve values a window: steps that each pitch class sounds, all its octaves added. */
  readonly weights: Int32Array;
  /** The pitch classes that sound in each window, as bits. */
  readonly used: Uint16Array;
  /** Lowest pitch of each window; 255 where nothing sounds. */
  readonly bass: Uint8Array;
}

/** How many pitches more or fewer sound in each step of the grid than in the one before. Holds until the next call. */
export const pitchChanges = new Int16Array(MAX_STEPS + 1);

const tables = {
  // One window more than there can be, for what comes after the last.
  weights: new Int32Array((MAX_CHORD_WINDOWS + 1) * 12),
  used: new Uint16Array(MAX_CHORD_WINDOWS + 1),
  bass: new Uint8Array(MAX_CHORD_WINDOWS + 1),
  /** Step at which each pitch ends, as far as notes have begun. */
  heldUntil: new Int32Array(128),
  /** Pitches that sound on after a window. */
  held: new Uint8Array(129),
  classOf: Uint8Array.from({ length: 128 }, (_, pitch) => pitch % 12),
};

/**
 * Goes once through the notes, drums left out, as a binary piano roll has them: of each note counts what is not already
 * sounding when it begins. Fills in `pitchChanges`, too. `boundaries` are steps that ascend, and window i is `[boundaries[i], boundaries[i + 1])`.
 */
export function soundingPitches({ count, steps }: TimeGrid, boundaries: Int32Array): Chroma {
  const windows = boundaries.length - 1;
  clear(windows, steps);
  const { pitch: pitches, program, firstStep, endStep } = noteTable;
  const changes = pitchChanges;
  const { weights, used, bass, heldUntil, held, classOf } = tables;
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
      const pitchClass = classOf[pitch] as number;
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
      const pitchClass = classOf[pitch] as number;
      weights[row + pitchClass] = (weights[row + pitchClass] as number) + smaller(to, end) - from;
      classes |= 1 << pitchClass;
      lowest = smaller(lowest, pitch);
    }
    used[window] = classes;
    bass[window] = lowest;
    start = end;
  }
  return { windows, weights, used, bass };
}

function clear(windows: number, steps: number): void {
  const { weights, used, bass, heldUntil } = tables;
  pitchChanges.fill(0, 0, steps + 1);
  weights.fill(0, 0, (windows + 1) * 12);
  used.fill(0, 0, windows + 1);
  bass.fill(NO_BASS, 0, windows + 1);
  heldUntil.fill(0);
}
