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

  it('of the preset remi is that of REMI+', () => {
    expect(formatTokenizerJson(presetConfig('remi'))).toBe(readGoldenText('remi_plus.tokenizer.json'));
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

  it.each([
    ['{"use_pitch_intervals": true}', 'use_pitch_intervals=true'],
    ['{"program_changes": true, "log_tempos": true}', 'program_changes=true, log_tempos=true'],
    ['{"ac_polyphony_bar": true}', 'ac_polyphony_bar=true'],
    ['{"use_time_signatures": true, "time_signature_range": {"8": [6]}}', 'must have 4/4'],
    ['{"use_time_signatures": true, "time_signature_range": {"2": [2], "4": [4]}, "beat_res": {"0_4": 3}}', 'position'],
    ['{"use_velocities": false}', 'use_velocities=false'],
    ['{"use_note_duration_programs": [0, 1]}', 'use_note_duration_programs=[0,1]'],
    ['{"additional_params": {"add_trailing_bars": true}}', 'add_trailing_bars=true'],
    ['{"additional_params": {"use_bar_end_tokens": true}}', 'use_bar_end_tokens=true'],
    ['{"additional_params": {"max_bar_embedding": 30}}', 'max_bar_embedding=30'],
  ])('with %s is refused as not supported', (config, named) => {
    expect(failure(`{"tokenization": "REMI", "config": ${config}}`)).toMatchObject({
      code: 'tokenizer_option_unsupported',
      message: expect.stringContaining(named),
    });
  });

  it('of CPWord with chords is refused as not supported', () => {
    expect(failure('{"tokenization": "CPWord", "config": {"use_chords": true}}').code).toBe(
      'tokenizer_option_unsupported',
    );
  });

  it.each([
    ['"ticks_per_quarter": 220, "use_microtiming": true, "max_microtiming_shift": 0.125, "num_microtiming_bins": 30'],
    ['"ticks_per_quarter": 220, "use_microtiming": false, "max_microtiming_shift": 0.25, "num_microtiming_bins": 110'],
  ])('of PerTok whose rules were not proven is refused: %s', (params) => {
    const text = `{"tokenization": "PerTok", "config": {"beat_res": {"0_128": 4}, "additional_params": {${params}}}}`;
    expect(failure(text)).toMatchObject({
      code: 'tokenizer_option_unsupported',
      message: expect.stringContaining('PerTok'),
    });
  });

  it.each(['model', 'bpe', 'vocab'])('with the part %s, trained with MidiTok 2, is refused as that', (part) => {
    expect(failure(`{"tokenization": "REMI", "config": {}, "${part}": {}}`)).toMatchObject({
      code: 'tokenizer_model_unsupported',
      message: expect.stringContaining('MidiTok 2'),
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
    [
      'an unknown additional parameter',
      '{"tokenization": "REMI", "config": {"additional_params": {"x": 1}}}',
      'tokenizer_option_unknown',
    ],
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
