import type { TokenizerConfig, TokenizerOptions } from './tokenizer-config.ts';

/** What MidiTok switches off or on by itself, without a word, because the tokenization cannot express it. */
const FORCED: Readonly<Record<TokenizerConfig['tokenization'], Partial<TokenizerOptions>>> = {
  REMI: {},
  TSD: {},
  MIDILike: {},
  Structured: {
    use_chords: false,
    use_rests: false,
    use_tempos: false,
    use_time_signatures: false,
    use_sustain_pedals: false,
    use_pitch_bends: false,
  },
  PerTok: {},
  CPWord: { use_sustain_pedals: false, use_pitch_bends: false },
  Octuple: {
    use_chords: false,
    use_rests: false,
    use_sustain_pedals: false,
    use_pitch_bends: false,
    delete_equal_successive_tempo_changes: true,
  },
};

/** The configuration as MidiTok has it after construction: with what the tokenization forces. */
export function settleConfig(config: TokenizerConfig): TokenizerConfig {
  return Object.freeze({
    ...config,
    ...FORCED[config.tokenization],
    one_token_stream_for_programs: config.use_programs && config.one_token_stream_for_programs,
  });
}
