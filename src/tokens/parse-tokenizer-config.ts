import { ConfigError } from '../errors.ts';
import { createTokenizer } from './create-tokenizer.ts';
import { DEFAULT_OPTIONS, defaultOptions } from './default-options.ts';
import { rulesOf } from './miditok-version.ts';
import {
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

/** Beside `config` and `tokenization`, what MidiTok writes and nobody needs to read. */
const VERSION_KEYS = new Set(['miditok_version', 'symusic_version', 'hf_tokenizers_version']);
/** What a tokenizer carries that MidiTok 3 trained. */
const TRAINED_KEYS = ['_model', '_vocab_base', '_vocab_base_byte_to_token'] as const;
/** What one carries that MidiTok 2 trained. */
const OLD_MODEL_KEYS = /^_?(model|bpe.*|has_bpe|vocab.*)$/;

/**
 * Reads a `tokenizer.json` as MidiTok 3 saves it. `text` and not a parsed object, because the order of the keys of
 * `time_signature_range` orders the vocabulary and `JSON.parse` sorts such keys. Options that are not there get
 * MidiTok's defaults.
 * @throws ConfigError `tokenizer_config_invalid`, `tokenizer_option_unknown` (names all of them), `tokenizer_option_unsupported`
 * or `tokenizer_model_unsupported` (a trained model that cannot be applied), `vocabulary_too_large`.
 */
export function parseTokenizerConfig(text: string): TokenizerConfig {
  const file = parseFile(text);
  refuseUnknownParts(file);
  const tokenization = readTokenization(file.tokenization);
  const config = file.config;
  if (!isObject(config)) throw invalid('"config" must be an object with the options');
  const options = { ...readOptions(config), trained: readTrained(text, file) };
  if (tokenization === 'CPWord' && options.use_chords) {
    throw new ConfigError('tokenizer_option_unsupported', 'use_chords=true is not supported for CPWord');
  }
  const settled = settleConfig(withAdditionalParams({ ...options, tokenization }, config.additional_params));
  // Made once to see that it can be made: workers must not be the first to find out.
  createTokenizer(settled);
  return settled;
}

function readOptions(config: JsonObject): TokenizerOptions {
  const option = new OptionReader(config, DEFAULT_OPTIONS);
  const acKeys = Object.keys(DEFAULT_OPTIONS.attribute_controls);
  option.ignore(['additional_params', ...acKeys]);
  const options: TokenizerOptions = {
    pitch_range: option.read('pitch_range', readPitchRange),
    beat_res: option.read('beat_res', readBeatResolutions),
    num_velocities: option.read('num_velocities', readInteger(1, 127)),
    remove_duplicated_notes: option.read('remove_duplicated_notes', readBoolean),
    encode_ids_split: option.read('encode_ids_split', readSplit),
    special_tokens: option.read('special_tokens', readSpecialTokens),
    use_velocities: option.only('use_velocities'),
    use_note_duration_programs: option.only('use_note_duration_programs', isIntegerList),
    use_chords: option.read('use_chords', readBoolean),
    use_rests: option.read('use_rests', readBoolean),
    use_tempos: option.read('use_tempos', readBoolean),
    use_time_signatures: option.read('use_time_signatures', readBoolean),
    use_sustain_pedals: option.read('use_sustain_pedals', readBoolean),
    use_pitch_bends: option.read('use_pitch_bends', readBoolean),
    use_programs: option.read('use_programs', readBoolean),
    use_pitch_intervals: option.only('use_pitch_intervals'),
    use_pitchdrum_tokens: option.only('use_pitchdrum_tokens'),
    default_note_duration: option.read('default_note_duration', readNumber),
    programs: option.read('programs', readPrograms),
    one_token_stream_for_programs: option.read('one_token_stream_for_programs', readBoolean),
    program_changes: option.only('program_changes'),
    beat_res_rest: option.read('beat_res_rest', readBeatResolutions),
    chord_maps: option.read('chord_maps', readChordMaps),
    chord_tokens_with_root_note: option.only('chord_tokens_with_root_note'),
    chord_unknown: option.only('chord_unknown'),
    num_tempos: option.read('num_tempos', readInteger(1, 4096)),
    tempo_range: option.read('tempo_range', readNumberPair(1, 10_000)),
    log_tempos: option.only('log_tempos'),
    delete_equal_successive_tempo_changes: option.read('delete_equal_successive_tempo_changes', readBoolean),
    time_signature_range: option.read('time_signature_range', readTimeSignatureRange),
    delete_equal_successive_time_sig_changes: option.read('delete_equal_successive_time_sig_changes', readBoolean),
    sustain_pedal_duration: option.only('sustain_pedal_duration'),
    pitch_bend_range: option.read('pitch_bend_range', readPitchBendRange),
    max_pitch_interval: option.read('max_pitch_interval', readInteger(0, 127)),
    pitch_intervals_max_time_dist: option.read('pitch_intervals_max_time_dist', readNumber),
    drums_pitch_range: option.read('drums_pitch_range', readPitchRange),
    attribute_controls: readAttributeControls(config, option),
    max_bar_embedding: null,
    microtiming: null,
    trained: null,
  };
  option.finish();
  demandFineGrid(options);
  demandUsableMeters(options);
  return options;
}

/** Rests are told on the grid of notes, as in MidiTok. */
function demandFineGrid({ use_rests: withRests, beat_res: notes, beat_res_rest: rests }: TokenizerOptions): void {
  const finest = (ranges: typeof notes): number => Math.max(...ranges.map((range) => range.resolution));
  if (withRests && finest(rests) > finest(notes)) throw invalid('beat_res_rest must not be finer than beat_res');
}

/**
 * 4/4 is put where a file has no signature at its start, and the coarsest denominator must still leave whole ticks; with
 * other values MidiTok fails file by file.
 */
function demandUsableMeters(options: TokenizerOptions): void {
  if (!options.use_time_signatures) return;
  const hasCommonTime = options.time_signature_range.some(
    (range) => range.denominator === 4 && range.numerators.includes(4),
  );
  const positions = Math.max(...options.beat_res.map((range) => range.resolution));
  const hasWholeTicks = options.time_signature_range.every((range) => (positions * range.denominator) % 4 === 0);
  if (hasCommonTime && hasWholeTicks) return;
  throw new ConfigError(
    'tokenizer_option_unsupported',
    `time_signature_range must have ${hasCommonTime ? 'no denominator that splits a position of beat_res' : '4/4'}`,
  );
}

/** Attribute controls are off in everything this program makes; the numbers that shape them are kept. */
function readAttributeControls(config: JsonObject, option: OptionReader): Readonly<Record<string, number | false>> {
  const controls: Record<string, number | false> = {};
  for (const [name, standard] of Object.entries(DEFAULT_OPTIONS.attribute_controls)) {
    const value = config[name] ?? standard;
    if (value === false || (typeof value === 'number' && standard !== false)) controls[name] = value;
    else option.refuse(name, value);
  }
  return controls;
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
  const known = new Set<string>(['config', 'tokenization', ...VERSION_KEYS, ...TRAINED_KEYS]);
  const keys = Object.keys(file).filter((key) => !known.has(key));
  const old = keys.filter((key) => OLD_MODEL_KEYS.test(key));
  if (old.length > 0) {
    throw new ConfigError(
      'tokenizer_model_unsupported',
      `the tokenizer was trained with MidiTok 2 (it has ${old.join(', ')}): load it with MidiTok 3 and save it again`,
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
    miditok_version: String(file.miditok_version ?? ''),
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

function readTokenization(value: unknown): TokenizerConfig['tokenization'] {
  const known = TOKENIZATIONS.find((name) => name === value);
  if (known !== undefined) return known;
  throw new ConfigError(
    'tokenizer_option_unsupported',
    `tokenization ${JSON.stringify(value)} is not supported; supported are ${TOKENIZATIONS.join(', ')}`,
  );
}

function invalid(message: string): ConfigError {
  return new ConfigError('tokenizer_config_invalid', `wrong tokenizer configuration: ${message}`);
}
