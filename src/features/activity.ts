import { noteTable } from './note-table.ts';
import { scratch } from './scratch.ts';
import { pitchChanges } from './sounding-pitches.ts';
import type { TimeGrid } from './time-grid.ts';

/** When anything sounds, drums too, and how many pitches do. */
export interface Activity {
  /** Length of the grid. */
  readonly steps: number;
  /** Steps of the grid in which any note sounds. */
  readonly soundingSteps: number;
  /** They are those of the stretches `[starts[i], ends[i])`, which ascend and do not touch. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
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

/** By what `soundingPitches` has found. */
export function measureActivity(grid: TimeGrid): Activity {
  return { steps: grid.steps, ...soundingStretches(grid), ...polyphonyOf(grid.steps) };
}

function soundingStretches({ count }: TimeGrid) {
  const { firstStep, endStep } = noteTable;
  const starts = scratch.int32(count);
  const ends = scratch.int32(count);
  let stretches = 0;
  let soundingSteps = 0;
  let start = 0;
  let until = 0;
  for (let i = 0; i < count; i++) {
    const from = firstStep[i] as number;
    const to = endStep[i] as number;
    if (from > until) {
      starts[stretches] = start;
      ends[stretches] = until;
      stretches += until > start ? 1 : 0;
      soundingSteps += until - start;
      start = from;
    }
    if (to > until) until = to;
  }
  if (until > start) {
    starts[stretches] = start;
    ends[stretches] = until;
    stretches += 1;
    soundingSteps += until - start;
  }
  return { soundingSteps, starts: starts.subarray(0, stretches), ends: ends.subarray(0, stretches) };
}

/** Walks through the piano roll without making one. */
function polyphonyOf(steps: number) {
  const changes = pitchChanges;
  let on = 0;
  let pitches = 0;
  let sounding = 0;
  let dense = 0;
  let most = 0;
  for (let step = 0; step < steps; step++) {
    on = (on + (changes[step] as number)) | 0;
    // The sign bits of -on and 2 - on say, without a branch, whether on > 0 and on > 2.
    sounding += -on >>> 31;
    dense += (2 - on) >>> 31;
    pitches += on;
    if (on > most) most = on;
  }
  return {
    polyphony: sounding > 0 ? pitches / sounding : undefined,
    polyphonyRate: steps > 0 ? dense / steps : 0,
    mostPitches: most,
  };
}
