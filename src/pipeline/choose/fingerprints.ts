import { type Fingerprint, fingerprintOf } from '../../config/fingerprint.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { RESULTS_VERSION, versionOption } from '../../run-directory/results-version.ts';
import { tokenizerOptions } from '../../run-directory/tokenizer-of-stage.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';

/** What decides the records of the MIDI stage. */
export function midiFingerprint(config: RunConfig, tokenizer: TokenizerConfig): Fingerprint {
  return fingerprintOf({
    [versionOption('midi')]: RESULTS_VERSION.midi,
    max_file_mb: config.maxFileMb,
    max_dropped_share: config.maxDroppedShare,
    max_sequence_length: config.maxSequenceLength ?? null,
    sequence_policy: config.maxSequenceLength === undefined ? null : config.sequencePolicy,
    ...(isSplit(config) ? { window_overlap: config.windowOverlap } : {}),
    ...(config.vocabSize === undefined ? {} : { keeps_words: true }),
    midi_patterns: config.midiPatterns,
    midi_text_encoding: config.midiTextEncoding,
    ...tokenizerOptions(tokenizer),
  });
}

/** Whether long sequences become windows. */
export function isSplit(config: Pick<RunConfig, 'maxSequenceLength' | 'sequencePolicy'>): boolean {
  return config.maxSequenceLength !== undefined && config.sequencePolicy === 'split';
}

/** What decides the records of the text stage. @param encoder - what it says of itself. */
export function textFingerprint(config: RunConfig, encoder: Readonly<Record<string, unknown>>): Fingerprint {
  const options = Object.entries(encoder).map(([name, value]) => [`${ENCODER}${name}`, value]);
  return fingerprintOf({
    [versionOption('text')]: RESULTS_VERSION.text,
    max_file_mb: config.maxFileMb,
    embedding_precision: config.embeddingPrecision,
    ...Object.fromEntries(options),
  });
}

/** What an encoder said of itself when a fingerprint was made. */
export function encoderOf({ options }: { readonly options: Readonly<Record<string, unknown>> }) {
  const own = Object.entries(options).filter(([name]) => name.startsWith(ENCODER));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(ENCODER.length), value]));
}

const ENCODER = 'encoder.';
