import { emptyRate } from './empty-rates.ts';
import { entropyBits } from './entropy.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { grooveConsistency } from './groove.ts';
import type { MergedNotes } from './merged-notes.ts';
import { repeatedBarRate } from './repeated-bars.ts';
import { rounded } from './rounded.ts';
import { scratch } from './scratch.ts';
import { STEPS_PER_QUARTER, type TimeGrid } from './time-grid.ts';

type RhythmFeatures = Pick<
  MidiFeatures,
  'inter_onset_entropy' | 'empty_beat_rate' | 'empty_measure_rate' | 'groove_consistency' | 'repeated_bar_rate'
>;

/** How onsets fall in beats and bars. Drums count. `sounds` says for each step of the grid whether a note sounds. */
export function rhythmFeatures(notes: MergedNotes, grid: TimeGrid, sounds: Uint8Array): RhythmFeatures {
  const quarters = [{ start: 0, end: grid.steps, stepsPerBar: STEPS_PER_QUARTER }];
  return {
    inter_onset_entropy: roundedOrNull(interOnsetEntropy(grid)),
    empty_beat_rate: grid.steps > 0 ? rounded(emptyRate(sounds, quarters)) : null,
    empty_measure_rate: grid.steps > 0 ? rounded(emptyRate(sounds, grid.sections)) : null,
    groove_consistency: roundedOrNull(grooveConsistency(grid)),
    repeated_bar_rate: roundedOrNull(repeatedBarRate(notes, grid)),
  };
}

/** Intervals of four quarters and more are one class. */
const LONGEST_INTERVAL = 4 * STEPS_PER_QUARTER;

/**
 * Shannon entropy, in bits, of the intervals between successive onsets (of any note), in steps of the grid. Onsets on
 * one step are one onset. `undefined` where there are fewer than two onsets.
 */
function interOnsetEntropy(grid: TimeGrid): number | undefined {
  const intervals = scratch.uint32(LONGEST_INTERVAL + 1);
  for (let i = 1; i < grid.count; i++) {
    const interval = (grid.onset[i] ?? 0) - (grid.onset[i - 1] ?? 0);
    const index = interval < LONGEST_INTERVAL ? interval : LONGEST_INTERVAL;
    intervals[index] = (intervals[index] ?? 0) + 1;
  }
  intervals[0] = 0;
  return intervals.some((count) => count > 0) ? entropyBits(intervals) : undefined;
}

function roundedOrNull(value: number | undefined): number | null {
  return value === undefined ? null : rounded(value);
}
