import { describe, expect, it } from 'vitest';
import { fillOptions, type GivenOptions } from '../../src/config/run-config.ts';
import { chosenPacking } from '../../src/pipeline/choose/chosen-packing.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';

const tsd = createTokenizer(presetConfig('tsd')).vocabulary;
const chosen = (given: GivenOptions, vocabulary = tsd, tokenization = 'TSD') =>
  chosenPacking(fillOptions(given), tokenization, () => vocabulary);
const codeOf = (given: GivenOptions, vocabulary = tsd): unknown => {
  try {
    chosen(given, vocabulary);
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : error;
  }
  return undefined;
};
const packed = { outputFormat: ['packed'] } as const;
const windows = { maxSequenceLength: 100, sequencePolicy: 'split' } as const;

describe('the options of sequences', () => {
  it('find the ids of the tokens that are put around sequences', () => {
    expect(chosen({ ...packed, maxSequenceLength: 100, addBos: true, addEos: true, pad: true })).toEqual({
      areArrivals: false,
      begin: tsd.idOf('BOS_None'),
      end: tsd.idOf('EOS_None'),
      pad: { id: tsd.idOf('PAD_None'), length: 100 },
    });
    expect(chosen(packed)).toEqual({ areArrivals: false, begin: undefined, end: undefined, pad: undefined });
    expect(chosen({ ...windows, windowOverlap: 50, rowPerWindow: true })).toEqual({});
  });

  it.each<[string, GivenOptions, RegExp]>([
    ['an overlap without windows', { windowOverlap: 5 }, /invalid_option: --window_overlap .*--sequence_policy split/],
    [
      'a row per window without windows',
      { rowPerWindow: true, maxSequenceLength: 9 },
      /invalid_option: --row_per_window/,
    ],
    ['an overlap of more than half', { ...windows, windowOverlap: 51 }, /invalid_option: --window_overlap 51 .* 100/],
    ['lines of AMT of other tokens', { outputFormat: ['amt'] }, /^format_needs_tokenizer: .*--tokenizer amt/],
    ['padding without a length', { ...packed, pad: true }, /invalid_option: --pad needs --max_sequence_length/],
  ])('are refused before anything is done: %s', (_, given, expected) => {
    expect(codeOf(given)).toMatch(expected);
  });

  it('tell the lines of AMT by the tokenizer, and refuse parts of pieces', () => {
    const amt = { outputFormat: ['amt'] } as const;
    expect(chosen(amt, tsd, 'AMT')).toEqual({ amt: 'arrival' });
    expect(chosen(amt, tsd, 'AMTInterarrival')).toEqual({ amt: 'interarrival' });
    expect(() => chosen({ ...amt, maxSequenceLength: 99 }, tsd, 'AMT')).toThrow(/leave --max_sequence_length out/);
  });

  it('refuse compound tokens, and tokens that the vocabulary lacks', () => {
    expect(codeOf(packed, createTokenizer(presetConfig('octuple')).vocabulary)).toMatch(/^format_needs_plain_tokens/);
    const bare = parseTokenizerConfig('{"tokenization": "TSD", "config": {"special_tokens": ["PAD"]}}');
    expect(codeOf({ ...packed, addEos: true }, createTokenizer(bare).vocabulary)).toMatch(
      /^token_not_in_vocabulary: .*EOS/,
    );
  });
});
