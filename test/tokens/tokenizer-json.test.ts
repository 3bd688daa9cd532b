import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { formatTokenizerJson } from '../../src/tokens/format-tokenizer-json.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { PRESET_NAMES, presetConfig } from '../../src/tokens/preset-config.ts';
import { skipReason } from '../midi/shared-data.ts';
import { goldenConfigs, readGoldenText } from './golden-data.ts';

describe.skipIf(skipReason !== undefined)('a tokenizer.json that MidiTok saved', () => {
  it.each(goldenConfigs)('%s is read, and written back byte for byte', (name) => {
    const text = readGoldenText(`${name}.tokenizer.json`);
    expect(createTokenizer(parseTokenizerConfig(text)).toJson()).toBe(text);
  });

  it.each(goldenConfigs)('%s gives the vocabulary that MidiTok has', (name) => {
    const { vocabulary } = createTokenizer(parseTokenizerConfig(readGoldenText(`${name}.tokenizer.json`)));
    expect(vocabulary.toJson()).toEqual(JSON.parse(readGoldenText(`${name}.vocab.json`)));
  });

  it('of the preset remi is that of REMI+, with what 3.1.0 adds and the meters of more songs', () => {
    const plus = JSON.parse(readGoldenText('remi_plus.tokenizer.json'));
    const { time_signature_range: meters } = parseTokenizerConfig(readGoldenText('remi_plus.tokenizer.json'));
    const config = { ...presetConfig('remi'), time_signature_range: meters };
    const preset = JSON.parse(formatTokenizerJson(config));
    expect(preset).toMatchObject({ ...plus, miditok_version: '3.1.0', hf_tokenizers_version: expect.any(String) });
    expect(formatTokenizerJson({ ...config, miditok: '3.0.6' })).toBe(readGoldenText('remi_plus.tokenizer.json'));
    for (const { denominator, numerators } of meters) {
      const more = presetConfig('remi').time_signature_range.find((range) => range.denominator === denominator);
      expect(more?.numerators).toEqual(expect.arrayContaining([...numerators]));
    }
  });
});

describe('a tokenizer.json', () => {
  it.each(PRESET_NAMES)('written for the preset %s is read as the same configuration', (name) => {
    const config = presetConfig(name);
    expect(parseTokenizerConfig(formatTokenizerJson(config))).toEqual(config);
  });

  it('needs no option: MidiTok has a default for each', () => {
    expect(parseTokenizerConfig('{"tokenization": "TSD", "config": {}}')).toMatchObject({
      tokenization: 'TSD',
      num_velocities: 32,
      use_programs: false,
    });
  });

  it('orders time signatures as they are written, though JavaScript sorts numeric keys', () => {
    const tokens = (range: string): readonly string[] => {
      const text = `{"tokenization": "TSD", "config": {"use_time_signatures": true, "time_signature_range": ${range}}}`;
      const column = createTokenizer(parseTokenizerConfig(text)).vocabulary.columns[0];
      return column?.tokens.filter((token) => token.startsWith('TimeSig')) ?? [];
    };
    expect(tokens('{"8": [6], "4": [3, 4]}')).toEqual(['TimeSig_6/8', 'TimeSig_3/4', 'TimeSig_4/4']);
    expect(tokens('{"4": [3, 4], "8": [6]}')).toEqual(['TimeSig_3/4', 'TimeSig_4/4', 'TimeSig_6/8']);
  });

  it('keeps the order of programs, on which the order of the vocabulary depends in a way of its own', () => {
    const text = '{"tokenization": "TSD", "config": {"use_programs": true, "programs": [40, 32, 24, 16, 8, 0]}}';
    const tokenizer = createTokenizer(parseTokenizerConfig(text));
    const programs = tokenizer.vocabulary.columns[0]?.tokens.filter((token) => token.startsWith('Program'));
    expect(programs).toEqual([32, 0, 40, 8, 16, 24].map((program) => `Program_${program}`));
    expect(parseTokenizerConfig(tokenizer.toJson())).toEqual(tokenizer.config);
  });

  it('with unknown options is refused, and all of them are named', () => {
    const error = failure(
      '{"tokenization": "REMI", "config": {"use_magic": true, "nb_tempos": 3, "__proto__": {}, "8": 1}}',
    );
    expect(error.code).toBe('tokenizer_option_unknown');
    for (const name of ['use_magic', 'nb_tempos', '__proto__', '8']) expect(error.message).toContain(name);
  });

  it('with wrong values is refused, and all of them are named', () => {
    const error = failure(
      '{"tokenization": "REMI", "config": {"num_velocities": 0, "use_rests": 1, "beat_res": {"4": 8}}}',
    );
    expect(error.code).toBe('tokenizer_config_invalid');
    for (const name of ['num_velocities=0', 'use_rests=1', 'beat_res={']) expect(error.message).toContain(name);
  });

  it('gets the defaults of the MidiTok that wrote it', () => {
    const read = (version: string) =>
      parseTokenizerConfig(`{"tokenization": "REMI", "config": {}, "miditok_version": "${version}"}`);
    expect(read('3.1.0')).toMatchObject({ miditok: '3.1.0', use_time_signatures: true });
    for (const version of ['3.0.6.post1', '3.0.3', '2.1.8']) {
      expect(read(version)).toMatchObject({ miditok: '3.0.6', use_time_signatures: false });
    }
  });

  it.each(['2.1.8', '3.0.0'])('of MidiTok %s that was not trained is read', (version) => {
    const parts = `"one_token_stream": true, "has_bpe": false, "miditok_version": "${version}"`;
    const config = '{"use_programs": true, "programs": [0, 1], "additional_params": {}}';
    const text = `{"config": ${config}, ${parts}, "tokenization": "TSD"}`;
    expect(parseTokenizerConfig(text)).toMatchObject({ use_programs: true, one_token_stream_for_programs: true });
  });

  it('with an option of a version to come is refused, with its name and the version', () => {
    const text = '{"tokenization": "REMI", "config": {"use_swing": true}, "miditok_version": "3.2.0"}';
    expect(failure(text)).toMatchObject({
      code: 'tokenizer_option_unknown',
      message: expect.stringMatching(/use_swing.*3\.2\.0/),
    });
  });

  it.each([
    '{"use_tempos": false, "tempo_range": [0, 170], "log_tempos": true, "num_tempos": 0}',
    '{"use_tempos": true, "tempo_range": [0, 170]}',
    '{"use_tempos": true, "tempo_range": [170, 60]}',
    '{"use_chords": true, "chord_unknown": [6, 3]}',
    '{"use_chords": false, "chord_maps": {"a": [-1]}}',
    '{"use_pitch_bends": false, "pitch_bend_range": [0, 0, 0]}',
    '{"use_rests": false, "beat_res_rest": {}}',
    '{"use_pitchdrum_tokens": false, "drums_pitch_range": [50, 40]}',
    '{"use_programs": false, "programs": [200]}',
    '{"encode_ids_split": "none"}',
  ])('with %s is read, as MidiTok does: what is not used may have any value', (config) => {
    const { columns } = createTokenizer(
      parseTokenizerConfig(`{"tokenization": "TSD", "config": ${config}}`),
    ).vocabulary;
    expect(columns[0]?.tokens).toContain('Pitch_60');
  });

  it.each([
    ['{"use_tempos": true, "tempo_range": [0, 170], "log_tempos": true}', 'tempo_range=[0,170]'],
    ['{"time_signature_range": {"8": [6]}}', 'denominator of 4'],
    ['{"time_signature_range": {"3": [3], "4": [4]}}', 'time_signature_range='],
    ['{"pitch_range": [60, 60]}', 'pitch_range=[60,60]'],
    ['{"use_control_changes": true, "control_change_n_bins": 1}', 'control_change_n_bins=1'],
    ['{"use_control_changes": true, "control_change_numbers": [128]}', 'control_change_numbers=[128]'],
  ])('with %s is refused, as MidiTok does', (config, named) => {
    expect(failure(`{"tokenization": "REMI", "config": ${config}}`)).toMatchObject({
      code: 'tokenizer_config_invalid',
      message: expect.stringContaining(named),
    });
  });

  it.each([
    ['MMM', '{}', 'base_tokenizer'],
    ['MMM', '{"base_tokenizer": "CPWord"}', 'base_tokenizer'],
    ['PerTok', '{"use_microtiming": false}', 'ticks_per_quarter'],
    [
      'PerTok',
      '{"ticks_per_quarter": 320, "use_microtiming": true, "max_microtiming_shift": 0.1}',
      'num_microtiming_bins',
    ],
  ])('of %s with %s lacks a parameter', (tokenization, params, missing) => {
    expect(failure(`{"tokenization": "${tokenization}", "config": {"additional_params": ${params}}}`)).toMatchObject({
      code: 'tokenizer_config_invalid',
      message: expect.stringContaining(missing),
    });
  });

  it('keeps additional parameters that say nothing to the tokenization, as MidiTok does', () => {
    const config = parseTokenizerConfig('{"tokenization": "TSD", "config": {"additional_params": {"mine": 1}}}');
    expect(JSON.parse(formatTokenizerJson(config)).config.additional_params).toEqual({ mine: 1 });
  });

  it.each(['model', 'bpe', 'vocab'])('with the part %s, trained with MidiTok 2, is refused as that', (part) => {
    expect(failure(`{"tokenization": "REMI", "config": {}, "${part}": {}}`)).toMatchObject({
      code: 'tokenizer_model_unsupported',
      message: expect.stringContaining('MidiTok 3.0.2 or older'),
    });
  });

  it.each(['_model', '_vocab_base'])('with the part %s alone of a trained one is refused', (part) => {
    expect(failure(`{"tokenization": "REMI", "config": {}, "${part}": {}}`)).toMatchObject({
      code: 'tokenizer_config_invalid',
      message: expect.stringContaining('_vocab_base_byte_to_token'),
    });
  });

  it.each([
    ['no JSON', '{"tokenization": ', 'tokenizer_config_invalid'],
    ['a list', '[]', 'tokenizer_config_invalid'],
    ['no options', '{"tokenization": "REMI"}', 'tokenizer_config_invalid'],
    [
      'one with rests finer than notes',
      '{"tokenization": "TSD", "config": {"use_rests": true, "beat_res_rest": {"0_4": 16}}}',
      'tokenizer_config_invalid',
    ],
    ['no tokenization', '{"config": {}}', 'tokenizer_option_unsupported'],
    ['an unknown part', '{"tokenization": "REMI", "config": {}, "extra": 1}', 'tokenizer_option_unknown'],
    ['a vocabulary of more than 65,535', largeVocabulary(), 'vocabulary_too_large'],
  ])('that is %s is refused', (_what, text, code) => {
    expect(failure(text).code).toBe(code);
  });

  it('never gets a prototype from the file', () => {
    failure('{"tokenization": "REMI", "config": {"__proto__": {"use_rests": true}}}');
    expect(Object.hasOwn(Object.prototype, 'use_rests')).toBe(false);
  });
});

/** The error that reading a file and making its tokenizer ends with. */
function failure(text: string): ConfigError {
  try {
    createTokenizer(parseTokenizerConfig(text));
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown;
    throw thrown;
  }
  throw new Error('the file was taken');
}

function largeVocabulary(): string {
  return '{"tokenization": "TSD", "config": {"beat_res": {"0_999": 96}}}';
}
