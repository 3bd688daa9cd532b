import type { Activity } from './activity.ts';
import { emptyRate } from './empty-rates.ts';
import { entropyBits } from './entropy.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { grooveConsistency } from './groove.ts';
import { onsetBits } from './onset-bits.ts';
import { repeatedBarRate } from './repeated-bars.ts';
import { rounded } from './rounded.ts';
import { STEPS_PER_QUARTER, type TimeGrid } from './time-grid.ts';

type RhythmFeatures = Pick<
  MidiFeatures,
  'inter_onset_entropy' | 'empty_beat_rate' | 'empty_measure_rate' | 'groove_consistency' | 'repeated_bar_rate'
>;

/** How onsets fall in beats and bars. Drums count. */
export function rhythmFeatures(grid: TimeGrid, activity: Activity): RhythmFeatures {
  const quarters = [{ start: 0, end: grid.steps, stepsPerBar: STEPS_PER_QUARTER }];
  const onsets = onsetBits(grid);
  return {
    inter_onset_entropy: roundedOrNull(interOnsetEntropy(onsets, grid.steps)),
    empty_beat_rate: grid.steps > 0 ? rounded(emptyRate(activity, quarters)) : null,
    empty_measure_rate: grid.steps > 0 ? rounded(emptyRate(activity, grid.sections)) : null,
    groove_consistency: roundedOrNull(grooveConsistency(grid, onsets)),
    repeated_bar_rate: roundedOrNull(repeatedBarRate(grid)),
  };
}

/** Intervals of four quarters and more are one class. */
const LONGEST_INTERVAL = 4 * STEPS_PER_QUARTER;
const allIntervals = new Uint32Array(LONGEST_INTERVAL + 1);

/**
 * Shannon entropy, in bits, of the intervals between successive onsets (of any note), in steps of the grid. Onsets on
 * one step are one onset. `undefined` where there are fewer than two onsets.
 */
function interOnsetEntropy(onsets: Int32Array, steps: number): number | undefined {
  const intervals = allIntervals;
  intervals.fill(0);
  let count = 0;
  let previous = 0;
  for (let first = 0; first < steps; first += 32) {
    let word = onsets[first >>> 5] as number;
    while (word !== 0) {
      const step = first + 31 - Math.clz32(word & -word);
      const interval = step - previous;
      // The first onset has none before it.
      const index = count === 0 ? 0 : interval < LONGEST_INTERVAL ? interval : LONGEST_INTERVAL;
      intervals[index] = (intervals[index] as number) + 1;
      count += 1;
      previous = step;
      word &= word - 1;
    }
  }
  intervals[0] = 0;
  return count > 1 ? entropyBits(intervals) : undefined;
}

function roundedOrNull(value: number | undefined): number | null {
  return value === undefined ? null : rounded(value);
}
