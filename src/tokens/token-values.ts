import { controlBins, pitchBendBins, tempoBins, velocityBins } from './bins.ts';
import { chordNames } from './chord-names.ts';
import { type TimeValue, timeValues } from './time-values.ts';
import { positionsPerBeat, type TokenizerConfig } from './tokenizer-config.ts';

/** Everything a token can say under one configuration; the order of each list is that of the vocabulary. */
export interface TokenValues {
  readonly positionsPerBeat: number;
  readonly velocities: readonly number[];
  readonly durations: readonly TimeValue[];
  readonly rests: readonly TimeValue[];
  /** -1 is drums. */
  readonly programs: readonly number[];
  /** Quarter notes a minute. */
  readonly tempos: readonly number[];
  /** Index of the tempo nearest to 120. */
  readonly defaultTempo: number;
  readonly timeSignatures: readonly { readonly numerator: number; readonly denominator: number }[];
  readonly chords: readonly string[];
  readonly pitchBends: readonly number[];
  /** Values by the number of the controller. */
  readonly controls: ReadonlyMap<number, readonly number[]>;
}

/** What is assumed where a file or a stream does not say the tempo. */
export const USUAL_TEMPO = 120;

/** Quantized to `control_change_n_bins` values; pedals that can be half down (64, 67) among them. */
const CONTINUOUS = new Set([1, 2, 4, 5, 7, 8, 10, 11, 64, 67, 71, 72, 73, 74, 75, 76, 77, 78, 91, 92, 93, 94, 95]);
const SWITCHES = new Set([65, 66, 68, 69, 122]);
const EVERY_VALUE: readonly number[] = Array.from({ length: 128 }, (_, value) => value);

/**
 * @param programs - In the order of the vocabulary.
 * @param durations - What Duration and TimeShift tokens say, where that does not follow from `beat_res` alone.
 */
export function tokenValues(
  config: TokenizerConfig,
  programs: readonly number[],
  durations?: readonly TimeValue[],
): TokenValues {
  const tempos = tempoBins(config.tempo_range, config.num_tempos, config.log_tempos);
  const signatures = config.use_time_signatures ? config.time_signature_range : [{ denominator: 4, numerators: [4] }];
  return {
    positionsPerBeat: positionsPerBeat(config),
    velocities: velocityBins(config.num_velocities),
    durations: durations ?? timeValues(config.beat_res),
    rests: timeValues(config.beat_res_rest),
    programs,
    tempos,
    defaultTempo: firstNearest(tempos, USUAL_TEMPO),
    timeSignatures: signatures.flatMap(({ denominator, numerators }) =>
      numerators.map((numerator) => ({ numerator, denominator })),
    ),
    chords: chordNames(config),
    pitchBends: pitchBendBins(config.pitch_bend_range),
    controls: new Map(controllers(config).map((number) => [number, controlValues(number, config)])),
  };
}

function controllers({ control_change_numbers: numbers }: TokenizerConfig): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function controlValues(number: number, config: TokenizerConfig): readonly number[] {
  if (CONTINUOUS.has(number)) return controlBins(config.control_change_n_bins);
  return SWITCHES.has(number) ? [0, 127] : EVERY_VALUE;
}

/** Index of the entry nearest to `value`, of two as near the first (NumPy's `argmin`). */
function firstNearest(table: readonly number[], value: number): number {
  const distances = table.map((entry) => Math.abs(entry - value));
  return Math.max(0, distances.indexOf(Math.min(...distances)));
}
