import type { MeterSpan } from '../midi/bars.ts';
import { STEPS_PER_QUARTER, snapToBars } from './bar-grid.ts';
import { emptyBeatRate, emptyMeasureRate } from './empty-rates.ts';
import { entropyBits } from './entropy.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { grooveConsistency } from './groove.ts';
import type { MergedNotes } from './merged-notes.ts';
import { repeatedBarRate } from './repeated-bars.ts';
import { rounded } from './rounded.ts';

type RhythmFeatures = Pick<
  MidiFeatures,
  'inter_onset_entropy' | 'empty_beat_rate' | 'empty_measure_rate' | 'groove_consistency' | 'repeated_bar_rate'
>;

export interface RhythmContext {
  readonly notes: MergedNotes;
  readonly spans: readonly MeterSpan[];
  readonly ticksPerQuarter: number;
  readonly bars: number;
  /** Where the score ends. */
  readonly endTick: number;
}

/** How onsets fall in beats and bars. Drums count. */
export function rhythmFeatures({ notes, spans, ticksPerQuarter, bars, endTick }: RhythmContext): RhythmFeatures {
  const grid = snapToBars(notes, spans, ticksPerQuarter);
  return {
    inter_onset_entropy: roundedOrNull(interOnsetEntropy(notes, ticksPerQuarter)),
    empty_beat_rate: endTick > 0 ? rounded(emptyBeatRate(notes, ticksPerQuarter, endTick)) : null,
    empty_measure_rate: bars > 0 ? rounded(emptyMeasureRate(notes, spans, bars)) : null,
    groove_consistency: roundedOrNull(grooveConsistency(grid, spans, bars)),
    repeated_bar_rate: roundedOrNull(repeatedBarRate(notes, grid)),
  };
}

/** Intervals of four quarters and more are one class. */
const LONGEST_INTERVAL = 4 * STEPS_PER_QUARTER;

/**
 * Shannon entropy, in bits, of the intervals between successive onsets (of any note), in steps of 1/16 quarter. Onsets
 * on one step are one onset. `undefined` where there are fewer than two onsets.
 */
function interOnsetEntropy(notes: MergedNotes, ticksPerQuarter: number): number | undefined {
  const intervals = new Float64Array(LONGEST_INTERVAL + 1);
  const stepsPerTick = STEPS_PER_QUARTER / ticksPerQuarter;
  let count = 0;
  let previousOnset = notes.onset[0] ?? 0;
  let previous = Math.round(previousOnset * stepsPerTick);
  for (let i = 1; i < notes.count; i++) {
    const onset = notes.onset[i] ?? 0;
    if (onset === previousOnset) continue;
    previousOnset = onset;
    const step = Math.round(onset * stepsPerTick);
    if (step === previous) continue;
    const interval = Math.min(step - previous, LONGEST_INTERVAL);
    intervals[interval] = (intervals[interval] ?? 0) + 1;
    count += 1;
    previous = step;
  }
  return count === 0 ? undefined : entropyBits(intervals);
}

function roundedOrNull(value: number | undefined): number | null {
  return value === undefined ? null : rounded(value);
}
