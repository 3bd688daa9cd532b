import { BeatTicks } from '../decode/beat-ticks.ts';
import { tsdDecoder } from '../decode/plain-decoder.ts';
import { additionalBlocks, tokenBlocks } from '../token-blocks.ts';
import { timeShiftEncoder } from './time-shifts.ts';
import { type MidiTokTokenization, usualCut } from './tokenization.ts';

/** TSD (Fradet et al., "Byte Pair Encoding for Symbolic Music", 2023): notes as pitch, velocity and duration. */
export const tsd: MidiTokTokenization = {
  settle: (options) => options,
  columns: (config, values) => [
    tokenBlocks(config, values, [
      'pitch',
      'velocity',
      'duration',
      'pedalDuration',
      'timeShift',
      ...additionalBlocks(false),
    ]),
  ],
  encoder: timeShiftEncoder,
  decoder: (config) => tsdDecoder(config, new BeatTicks(config)),
  cutBefore: usualCut,
};
