import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Tokenizer } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { trainBpe } from '../../src/tokens/training/train-bpe.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('train-bpe');
const [corpus, trained] = [join(folder, 'words.txt'), join(folder, 'model.json')];
const UNTRAINED = JSON.stringify({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: null,
  post_processor: null,
  decoder: null,
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: false,
    vocab: {},
    merges: [],
  },
});

/** What Hugging Face's library learns from words; the end of a line belongs to each of them. */
function theirs(words: readonly string[]): { readonly vocab: object; readonly merges: readonly unknown[] } {
  writeFileSync(corpus, words.map((word) => `${word}\n`).join(''));
  const tokenizer = Tokenizer.fromString(UNTRAINED);
  tokenizer.train([corpus]);
  tokenizer.save(trained);
  return JSON.parse(readFileSync(trained, 'utf8')).model;
}

function ours(words: readonly string[], others: Partial<Parameters<typeof trainBpe>[0]> = {}) {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(`${word}\n`, (counts.get(`${word}\n`) ?? 0) + 1);
  return trainBpe({ words: [...counts], specials: [], alphabet: [], vocabularySize: 30_000, prefix: '', ...others });
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'ż', '▁'), minLength: 1, maxLength: 24 });

describe('byte pair encoding', () => {
  it("learns the merges and the vocabulary of Hugging Face's trainer, from words of few letters, too", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
        const { tokens, merges } = ours(words);
        const expected = theirs(words);
        expect(merges).toEqual(expected.merges);
        expect(Object.fromEntries(tokens.map((token, id) => [token, id]))).toEqual(expected.vocab);
      }),
      { numRuns: 80, seed: 11 },
    );
  });

  it('learns the same whatever order the words come in', () => {
    const words = ['abab', 'abc', 'cab', 'bcab', 'aaaa', 'abc'];
    expect(ours(words.toReversed())).toEqual(ours(words));
  });

  it('begins with what is special, then the alphabet, and stops at the size that was asked for', () => {
    const { tokens, merges } = ours(['abab', 'abab'], { specials: ['z'], alphabet: ['y', 'a'], vocabularySize: 6 });
    expect(tokens).toEqual(['z', '\n', 'a', 'b', 'y', 'ab']);
    expect(merges).toEqual([['a', 'b']]);
  });

  it('marks what goes on in a word where there is a prefix, and joins without it', () => {
    const { tokens } = trainBpe({
      words: [['aba', 3]],
      specials: [],
      alphabet: [],
      vocabularySize: 9,
      prefix: '##',
    });
    expect(tokens).toEqual(['a', 'b', '##b', '##a', 'ab', 'aba']);
  });
});
