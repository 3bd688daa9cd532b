import type { HeldPitches } from './held-pitches.ts';
import { DRUMS, type MergedNotes } from './merged-notes.ts';
import { scratch } from './scratch.ts';
import type { TimeGrid } from './time-grid.ts';

/** What sounds in the steps of the grid. */
export interface Activity {
  /** Whether any note sounds in each step, drums too: 1 or 0. */
  readonly sounds: Uint8Array;
  /** How many of them that are. */
  readonly soundingSteps: number;
  /**
   * Mean number of different pitches in the steps where any sounds (`muspy.polyphony`); `undefined` where none ever
   * does. This and the following leave out drums.
   */
  readonly polyphony: number | undefined;
  /** Share of all steps in which more than two pitches sound (`muspy.polyphony_rate`). */
  readonly polyphonyRate: number;
  /** Most pitches that sound at once. */
  readonly mostPitches: number;
}

/** Walks through the piano roll without making one: only what begins and ends at each step is kept. */
export function measureActivity(notes: MergedNotes, held: HeldPitches, grid: TimeGrid): Activity {
  const changes = pitchChanges(held, grid);
  const sounds = scratch.uint8(grid.steps);
  let on = 0;
  let pitches = 0;
  let sounding = 0;
  let dense = 0;
  let most = 0;
  for (let step = 0; step < grid.steps; step++) {
    on += changes[step] ?? 0;
    // The sign bits of -on and 2 - on say, without a branch, whether on > 0 and on > 2.
    const isOn = -on >>> 31;
    sounds[step] = isOn;
    sounding += isOn;
    dense += (2 - on) >>> 31;
    pitches += on;
    if (on > most) most = on;
  }
  const soundingSteps = addDrums(sounds, notes, grid) ? sumOf(sounds) : sounding;
  return {
    sounds,
    soundingSteps,
    polyphony: sounding > 0 ? pitches / sounding : undefined,
    polyphonyRate: grid.steps > 0 ? dense / grid.steps : 0,
    mostPitches: most,
  };
}

/** How many pitches more or fewer sound in each step than in the one before. */
function pitchChanges(held: HeldPitches, grid: TimeGrid): Int16Array {
  const changes = scratch.int16(grid.steps + 1);
  for (let i = 0; i < held.count; i++) {
    const from = held.from[i] ?? 0;
    const to = held.to[i] ?? 0;
    changes[from] = (changes[from] ?? 0) + 1;
    changes[to] = (changes[to] ?? 0) - 1;
  }
  return changes;
}

/** Returns whether there are any. */
function addDrums(sounds: Uint8Array, notes: MergedNotes, grid: TimeGrid): boolean {
  let filledUntil = 0;
  for (let i = 0; i < grid.count; i++) {
    const end = grid.end[i] ?? 0;
    if (notes.program[i] !== DRUMS || end <= filledUntil) continue;
    sounds.fill(1, Math.max(grid.onset[i] ?? 0, filledUntil), end);
    filledUntil = end;
  }
  return filledUntil > 0;
}

function sumOf(flags: Uint8Array): number {
  let sum = 0;
  for (let step = 0; step < flags.length; step++) sum += flags[step] as number;
  return sum;
}
