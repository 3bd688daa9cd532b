import { ConfigError } from '../errors.ts';
import { NO_ATTRIBUTE_CONTROLS } from './tokenizations/no-attribute-controls.ts';
import { tokenizationNamed } from './tokenizations/registry.ts';
import {
  type BeatResolution,
  isSingleStream,
  type TokenizerConfig,
  type TokenizerOptions,
} from './tokenizer-config.ts';

/** Programs and drums. */
const ALL_PROGRAMS = 129;
/** The sustain pedal. */
const PEDAL = 64;

/**
 * The configuration as MidiTok has it after construction: what options exclude, and what the tokenization cannot say, is
 * switched off.
 * @throws ConfigError where MidiTok refuses to make such a tokenizer.
 */
export function settleConfig(config: TokenizerConfig): TokenizerConfig {
  const { tokenization, ...options } = config;
  const settled = { ...tokenizationNamed(tokenization).settle(settleOptions(options)), tokenization };
  // A pedal is said once.
  const hasPedals =
    settled.use_sustain_pedals && !(settled.use_control_changes && settled.control_change_numbers.includes(PEDAL));
  return Object.freeze({
    ...settled,
    use_sustain_pedals: hasPedals,
    sustain_pedal_duration: settled.sustain_pedal_duration && (hasPedals || !settled.use_sustain_pedals),
    attribute_controls: isSingleStream(settled)
      ? { ...settled.attribute_controls, ...NO_ATTRIBUTE_CONTROLS }
      : settled.attribute_controls,
  });
}

/** What MidiTok settles whatever the tokenization. @throws ConfigError `tokenizer_config_invalid` */
function settleOptions(options: TokenizerOptions): TokenizerOptions {
  const { use_programs: withPrograms, use_note_duration_programs: withDuration } = options;
  // Silence is told from the ends of notes.
  const lacksDurations =
    new Set(withDuration).size < ALL_PROGRAMS &&
    (!withPrograms || options.programs.some((program) => !withDuration.includes(program)));
  const withRests = options.use_rests && !lacksDurations;
  if (withRests && finest(options.beat_res_rest) > finest(options.beat_res)) {
    throw new ConfigError(
      'tokenizer_config_invalid',
      'wrong tokenizer configuration: beat_res_rest must not be finer than beat_res',
    );
  }
  return {
    ...options,
    special_tokens: specialTokens(options.special_tokens),
    use_rests: withRests,
    one_token_stream_for_programs: withPrograms && options.one_token_stream_for_programs,
    program_changes: withPrograms && options.program_changes,
    sustain_pedal_duration: options.use_sustain_pedals && options.sustain_pedal_duration,
  };
}

function finest(ranges: readonly BeatResolution[]): number {
  return Math.max(...ranges.map((range) => range.resolution));
}

/** As type and value, none twice, and padding among them: `BOS` is `BOS_None`, `a_b_c` is `a-b_c`. */
function specialTokens(tokens: readonly string[]): readonly string[] {
  const formatted = tokens.map((token) => {
    const parts = token.split('_');
    return parts.length === 1 ? `${token}_None` : `${parts.slice(0, -1).join('-')}_${parts.at(-1)}`;
  });
  return [...new Set([...formatted, 'PAD_None'])];
}
