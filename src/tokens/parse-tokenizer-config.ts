import { ConfigError } from '../errors.ts';
import { createTokenizer } from './create-tokenizer.ts';
import { DEFAULT_OPTIONS, defaultOptions } from './default-options.ts';
import { rulesOf } from './miditok-version.ts';
import {
  isIntegerIn,
  isObject,
  type JsonObject,
  OptionReader,
  readBeatResolutions,
  readBoolean,
  readChordMaps,
  readControllers,
  readCountRange,
  readInteger,
  readNumber,
  readPitchBendRange,
  readPitchRange,
  readPrograms,
  readSpecialTokens,
  readSplit,
  readTempoRange,
  readTimeSignatureRange,
} from './option-readers.ts';
import { parseOrderedJson } from './ordered-json.ts';
import { settleConfig } from './settle-config.ts';
import { tokenizationNamed } from './tokenizations/registry.ts';
import type { AttributeControls, TokenizerConfig, TokenizerOptions, TrainedModel } from './tokenizer-config.ts';

/** Beside `config` and `tokenization`, what MidiTok writes; up to 3.0.3 with two things that follow from the options. */
const OTHER_KEYS = ['miditok_version', 'symusic_version', 'hf_tokenizers_version', 'one_token_stream', 'has_bpe'];
/** What a tokenizer carries that MidiTok 3 trained. */
const TRAINED_KEYS = ['_model', '_vocab_base', '_vocab_base_byte_to_token'] as const;
/** What one carries that MidiTok up to 3.0.2 trained. */
const OLD_MODEL_KEYS = /^_?(model|bpe.*|vocab.*)$/;

/**
 * Reads a `tokenizer.json` as MidiTok 2.1 to 3.1 saves it. `text` and not a parsed object, because the order of the keys of
 * `time_signature_range` orders the vocabulary and `JSON.parse` sorts such keys. Options that are not there get
 * the defaults of the MidiTok that wrote the file.
 * @throws ConfigError `tokenizer_config_invalid`, `tokenizer_option_unknown` (names all of them), `tokenizer_option_unsupported`
 * or `tokenizer_model_unsupported` (a trained model that cannot be applied), `vocabulary_too_large`.
 */
export function parseTokenizerConfig(text: string): TokenizerConfig {
  const file = parseFile(text);
  refuseUnknownParts(file);
  const { tokenization, config, miditok_version: version } = file;
  tokenizationNamed(tokenization);
  if (typeof tokenization !== 'string' || !isObject(config))
    throw invalid('"config" must be an object with the options');
  const madeBy = typeof version === 'string' ? version : undefined;
  const trained = readTrained(text, file);
  const settled = settleConfig({ ...readOptions(config, madeBy, trained !== null), trained, tokenization });
  demandQuarters(settled);
  // Made once to see that it can be made: workers must not be the first to find out.
  createTokenizer(settled);
  return settled;
}

function readOptions(config: JsonObject, madeBy: string | undefined, isTrained: boolean): TokenizerOptions {
  const miditok = rulesOf(madeBy);
  const option = new OptionReader(config, defaultOptions(miditok));
  const { additional_params: params = {} } = config;
  option.ignore(['additional_params', ...Object.keys(DEFAULT_OPTIONS.attribute_controls)]);
  const uses = (name: keyof TokenizerOptions): boolean => config[name] !== false;
  const options: TokenizerOptions = {
    pitch_range: option.read('pitch_range', readPitchRange),
    beat_res: option.read('beat_res', readBeatResolutions),
    num_velocities: option.read('num_velocities', readInteger(1, 127)),
    remove_duplicated_notes: option.read('remove_duplicated_notes', readBoolean),
    encode_ids_split: option.read('encode_ids_split', readSplit, isTrained),
    special_tokens: option.read('special_tokens', readSpecialTokens),
    use_velocities: option.read('use_velocities', readBoolean),
    use_note_duration_programs: option.read('use_note_duration_programs', readPrograms),
    use_chords: option.read('use_chords', readBoolean),
    use_rests: option.read('use_rests', readBoolean),
    use_tempos: option.read('use_tempos', readBoolean),
    use_time_signatures: option.read('use_time_signatures', readBoolean),
    use_key_signatures: option.read('use_key_signatures', readBoolean),
    use_sustain_pedals: option.read('use_sustain_pedals', readBoolean),
    use_pitch_bends: option.read('use_pitch_bends', readBoolean),
    use_control_changes: option.read('use_control_changes', readBoolean),
    control_change_numbers: option.read('control_change_numbers', readControllers),
    control_change_n_bins: option.read('control_change_n_bins', readInteger(0, 1000)),
    use_programs: option.read('use_programs', readBoolean),
    use_pitch_intervals: option.read('use_pitch_intervals', readBoolean),
    use_pitchdrum_tokens: option.read('use_pitchdrum_tokens', readBoolean),
    default_note_duration: option.read('default_note_duration', readNumber),
    programs: option.read('programs', readPrograms, uses('use_programs')),
    one_token_stream_for_programs: option.read('one_token_stream_for_programs', readBoolean),
    program_changes: option.read('program_changes', readBoolean),
    beat_res_rest: option.read('beat_res_rest', readBeatResolutions, uses('use_rests')),
    chord_maps: option.read('chord_maps', readChordMaps, uses('use_chords')),
    chord_tokens_with_root_note: option.read('chord_tokens_with_root_note', readBoolean),
    chord_unknown: option.read('chord_unknown', readCountRange, uses('use_chords')),
    num_tempos: option.read('num_tempos', readInteger(1, 16_384), uses('use_tempos')),
    tempo_range: option.read('tempo_range', readTempoRange, uses('use_tempos')),
    log_tempos: option.read('log_tempos', readBoolean),
    delete_equal_successive_tempo_changes: option.read('delete_equal_successive_tempo_changes', readBoolean),
    time_signature_range: option.read('time_signature_range', readTimeSignatureRange),
    delete_equal_successive_time_sig_changes: option.read('delete_equal_successive_time_sig_changes', readBoolean),
    sustain_pedal_duration: option.read('sustain_pedal_duration', readBoolean),
    pitch_bend_range: option.read('pitch_bend_range', readPitchBendRange, uses('use_pitch_bends')),
    max_pitch_interval: option.read('max_pitch_interval', readInteger(0, 127)),
    pitch_intervals_max_time_dist: option.read(
      'pitch_intervals_max_time_dist',
      readNumber,
      uses('use_pitch_intervals'),
    ),
    drums_pitch_range: option.read('drums_pitch_range', readPitchRange, uses('use_pitchdrum_tokens')),
    attribute_controls: readAttributeControls(config, option),
    additional_params: isObject(params) ? params : {},
    miditok,
    trained: null,
  };
  if (!isObject(params)) option.refuse('additional_params', params);
  if (options.use_control_changes) {
    const { control_change_numbers: numbers, control_change_n_bins: bins } = options;
    if (!isIntegerIn(bins, 2, 128)) option.refuse('control_change_n_bins', bins);
    if (!numbers.every((number) => isIntegerIn(number, 0, 127))) option.refuse('control_change_numbers', numbers);
  }
  // No logarithm; nor is any tempo below 0.
  const slowest = Math.min(...options.tempo_range);
  if (options.use_tempos && (slowest < 0 || (slowest === 0 && options.log_tempos))) {
    option.refuse('tempo_range', options.tempo_range);
  }
  if (options.use_time_signatures) {
    const isPowerOfTwo = ({ denominator }: { readonly denominator: number }): boolean =>
      Number.isInteger(Math.log2(denominator));
    if (!options.time_signature_range.every(isPowerOfTwo)) {
      option.refuse('time_signature_range', options.time_signature_range);
    }
  }
  option.finish(madeBy);
  return options;
}

/** Ticks are counted in quarters, whose denominator MidiTok looks up among those of the range. */
function demandQuarters({ time_signature_range: range, use_time_signatures: isUsed }: TokenizerOptions): void {
  if (!range.some(({ denominator }) => denominator === 4))
    throw invalid('time_signature_range must have a denominator of 4');
  const isEmpty = range.every(({ numerators }) => numerators.length === 0);
  if (isUsed && isEmpty) throw invalid('time_signature_range must have a numerator');
}

/** Whether each is used, and the numbers that shape them. */
function readAttributeControls(config: JsonObject, option: OptionReader): AttributeControls {
  const standard = DEFAULT_OPTIONS.attribute_controls;
  const read = <K extends keyof AttributeControls>(
    name: K,
    reader: (value: unknown) => AttributeControls[K] | undefined,
  ): AttributeControls[K] => {
    if (!Object.hasOwn(config, name)) return standard[name];
    const value = reader(config[name]);
    if (value === undefined) option.refuse(name, config[name]);
    return value ?? standard[name];
  };
  const count = readInteger(0, 1000);
  return {
    ac_polyphony_track: read('ac_polyphony_track', readBoolean),
    ac_polyphony_bar: read('ac_polyphony_bar', readBoolean),
    ac_polyphony_min: read('ac_polyphony_min', count),
    ac_polyphony_max: read('ac_polyphony_max', count),
    ac_pitch_class_bar: read('ac_pitch_class_bar', readBoolean),
    ac_note_density_track: read('ac_note_density_track', readBoolean),
    ac_note_density_track_min: read('ac_note_density_track_min', count),
    ac_note_density_track_max: read('ac_note_density_track_max', count),
    ac_note_density_bar: read('ac_note_density_bar', readBoolean),
    ac_note_density_bar_max: read('ac_note_density_bar_max', count),
    ac_note_duration_bar: read('ac_note_duration_bar', readBoolean),
    ac_note_duration_track: read('ac_note_duration_track', readBoolean),
    ac_repetition_track: read('ac_repetition_track', readBoolean),
    ac_repetition_track_num_bins: read('ac_repetition_track_num_bins', count),
    ac_repetition_track_num_consec_bars: read('ac_repetition_track_num_consec_bars', count),
  };
}

function parseFile(text: string): JsonObject {
  let value: unknown;
  try {
    value = parseOrderedJson(text);
  } catch (cause) {
    throw new ConfigError('tokenizer_config_invalid', 'the tokenizer configuration is not JSON', { cause });
  }
  if (!isObject(value)) throw invalid('the file must hold an object, as MidiTok saves it');
  return value;
}

function refuseUnknownParts(file: JsonObject): void {
  const known = new Set<string>(['config', 'tokenization', ...OTHER_KEYS, ...TRAINED_KEYS]);
  const keys = Object.keys(file).filter((key) => !known.has(key));
  const old = keys.filter((key) => OLD_MODEL_KEYS.test(key));
  if (file.has_bpe === true) old.push('has_bpe');
  if (old.length > 0) {
    throw new ConfigError(
      'tokenizer_model_unsupported',
      `the tokenizer was trained with MidiTok 3.0.2 or older (it has ${old.join(', ')}), whose models no later MidiTok loads, ` +
        'either: train it again with MidiTok 3.0.3 or newer',
    );
  }
  if (keys.length > 0) {
    throw new ConfigError(
      'tokenizer_option_unknown',
      `the tokenizer configuration has unknown parts: ${keys.join(', ')}`,
    );
  }
}

/** The parts of a trained tokenizer, all of them or none. */
function readTrained(text: string, file: JsonObject): TrainedModel | null {
  const missing = TRAINED_KEYS.filter((key) => !Object.hasOwn(file, key));
  if (missing.length === TRAINED_KEYS.length) return null;
  if (missing.length > 0) throw invalid(`a trained tokenizer has ${missing.join(' and ')}, too`);
  // Read anew: the characters of base tokens can be digits, which the ordered form marks.
  const { _model: model, _vocab_base: ids, _vocab_base_byte_to_token: tokens } = JSON.parse(text) as JsonObject;
  if (typeof model !== 'string') throw invalid('"_model" must be the text of a model');
  if (!isRecordOf(ids, 'number') || !isRecordOf(tokens, 'string')) {
    throw invalid('"_vocab_base" must hold ids, and "_vocab_base_byte_to_token" tokens');
  }
  return {
    model,
    vocab_base: ids,
    vocab_base_byte_to_token: tokens,
  };
}

function isRecordOf(value: unknown, type: 'number'): value is Record<string, number>;
function isRecordOf(value: unknown, type: 'string'): value is Record<string, string>;
function isRecordOf(value: unknown, type: 'number' | 'string'): boolean {
  return isObject(value) && Object.values(value).every((item) => typeof item === type);
}

function invalid(message: string): ConfigError {
  return new ConfigError('tokenizer_config_invalid', `wrong tokenizer configuration: ${message}`);
}
