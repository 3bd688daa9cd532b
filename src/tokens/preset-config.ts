import { DEFAULT_OPTIONS } from './default-options.ts';
import { settleConfig } from './settle-config.ts';
import type { TokenizerConfig, TokenizerOptions } from './tokenizer-config.ts';

export const PRESET_NAMES = [
  'remi',
  'tsd',
  'midilike',
  'structured',
  'cpword',
  'octuple',
  'amt',
  'amt-interarrival',
  'text2midi',
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** For several instruments in one stream: who plays is a token, and so are tempo and meter where the tokenization has them. */
const MULTITRACK: Partial<TokenizerOptions> = { use_programs: true, one_token_stream_for_programs: true };
const MULTITRACK_TIMED: Partial<TokenizerOptions> = {
  ...MULTITRACK,
  use_tempos: true,
  use_time_signatures: true,
  time_signature_range: [
    { denominator: 8, numerators: [3, 12, 6, 5, 7, 9, 11] },
    { denominator: 4, numerators: [5, 6, 3, 2, 1, 4, 7] },
    { denominator: 2, numerators: [2, 3, 4] },
  ],
};
/** MidiTok counts 60 bars unless it is told, which a song of three minutes passes. */
const MANY_BARS = { additional_params: { max_bar_embedding: 1024 } };

/** As AMAAI's Text2midi was trained with it: a vocabulary of 526 (its `build_vocab_remi.py`). */
const TEXT2MIDI: Partial<TokenizerOptions> = {
  ...MULTITRACK,
  beat_res: [
    { from: 0, to: 1, resolution: 12 },
    { from: 1, to: 2, resolution: 4 },
    { from: 2, to: 4, resolution: 2 },
    { from: 4, to: 8, resolution: 1 },
  ],
  use_tempos: true,
};

const PRESETS: Readonly<Record<PresetName, readonly [tokenization: string, Partial<TokenizerOptions>]>> = {
  remi: ['REMI', MULTITRACK_TIMED],
  tsd: ['TSD', MULTITRACK_TIMED],
  midilike: ['MIDILike', MULTITRACK_TIMED],
  structured: ['Structured', MULTITRACK],
  cpword: ['CPWord', MULTITRACK_TIMED],
  octuple: ['Octuple', { ...MULTITRACK_TIMED, ...MANY_BARS }],
  amt: ['AMT', {}],
  'amt-interarrival': ['AMTInterarrival', {}],
  text2midi: ['REMI', TEXT2MIDI],
};

/** A tokenizer for multi-track music described by text: MidiTok's defaults plus programs, tempos and time signatures; or that of a model. */
export function presetConfig(name: PresetName): TokenizerConfig {
  const [tokenization, options] = PRESETS[name];
  return settleConfig({ ...DEFAULT_OPTIONS, ...options, tokenization });
}
