import { readInteger } from '../option-readers.ts';
import { TokenMissing } from '../token-missing.ts';
import type { TokenizerOptions } from '../tokenizer-config.ts';
import { NO_ATTRIBUTE_CONTROLS } from './no-attribute-controls.ts';
import { ownParams } from './own-params.ts';

/** The options of compound tokens, whose columns all notes or none have. */
export function settleCompound(options: TokenizerOptions): TokenizerOptions {
  const { use_note_duration_programs: withDuration, programs, miditok } = options;
  const isPart = withDuration.length > 0 || miditok === '3.0.6';
  const isMissing = programs.some((program) => !withDuration.includes(program));
  return {
    ...options,
    use_note_duration_programs: isPart && isMissing ? programs : withDuration,
    use_sustain_pedals: false,
    use_pitch_bends: false,
    use_control_changes: false,
    use_key_signatures: false,
    program_changes: false,
    attribute_controls: { ...options.attribute_controls, ...NO_ATTRIBUTE_CONTROLS },
  };
}

/**
 * Whether a note without a duration, where there is a column for it, is left out: MidiTok takes what is said next for the
 * duration, which is nothing after the last note, and anywhere else fails.
 */
export function isLeftOut(isLast: boolean): boolean {
  if (isLast) return true;
  throw new TokenMissing('for the duration of a note whose program has none');
}

/** How many bars can be told apart. */
export function barParams(options: TokenizerOptions) {
  return ownParams(options, { max_bar_embedding: { read: readInteger(0, 60_000), standard: 60 } });
}
