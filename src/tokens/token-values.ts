import { nearestIndex, pitchBendBins, tempoBins, velocityBins } from './bins.ts';
import { hashSetOrder } from './hash-set-order.ts';
import { microtimings, tickValues } from './pertok-values.ts';
import { type TimeValue, timeValues } from './time-values.ts';
import { positionsPerBeat, type TokenizerConfig } from './tokenizer-config.ts';

/** Everything a token can say under one configuration; the order of each list is that of the vocabulary. */
export interface TokenValues {
  readonly positionsPerBeat: number;
  readonly velocities: readonly number[];
  readonly durations: readonly TimeValue[];
  /** Deviations from the grid in ticks (PerTok). */
  readonly microtimings: readonly number[];
  readonly rests: readonly TimeValue[];
  /** -1 is drums. */
  readonly programs: readonly number[];
  /** Quarter notes a minute. */
  readonly tempos: readonly number[];
  /** Index of the tempo nearest to 120. */
  readonly defaultTempo: number;
  readonly timeSignatures: readonly { readonly numerator: number; readonly denominator: number }[];
  readonly pitchBends: readonly number[];
}

/** What is assumed where a file or a stream does not say the tempo. */
export const USUAL_TEMPO = 120;

export function tokenValues(config: TokenizerConfig): TokenValues {
  const tempos = tempoBins(config.tempo_range, config.num_tempos);
  const signatures = config.use_time_signatures ? config.time_signature_range : [{ denominator: 4, numerators: [4] }];
  return {
    positionsPerBeat: positionsPerBeat(config),
    velocities: velocityBins(config.num_velocities),
    durations:
      config.microtiming === null ? timeValues(config.beat_res) : tickValues(config.beat_res, config.microtiming),
    microtimings: config.microtiming === null ? [] : microtimings(config.microtiming),
    rests: timeValues(config.beat_res_rest),
    programs: hashSetOrder(config.programs),
    tempos,
    defaultTempo: nearestIndex(tempos, USUAL_TEMPO),
    timeSignatures: signatures.flatMap(({ denominator, numerators }) =>
      numerators.map((numerator) => ({ numerator, denominator })),
    ),
    pitchBends: pitchBendBins(config.pitch_bend_range),
  };
}
