import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSubwordModel, WORD_START } from '../../src/tokens/trained/read-subword-model.ts';
import { wordEncoder } from '../../src/tokens/trained/word-encoder.ts';
import { type ModelName, referenceIds, trainModel } from './train-model.ts';

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
}

const ofSyllables = generator(7);
const SYLLABLES = Array.from({ length: 24 }, () =>
  Array.from({ length: 1 + ofSyllables(4) }, () => String.fromCharCode(200 + ofSyllables(30))).join(''),
);

/** Words of a language with habits, so that there is something to learn. */
function words(seed: number, count: number): string[] {
  const next = generator(seed);
  const word = () => Array.from({ length: 1 + next(12) }, () => SYLLABLES[Math.min(next(24), next(24))]).join('');
  return Array.from({ length: count }, word);
}

const corpus = words(1, 300);

function ours(model: string, list: readonly string[]): number[] {
  const encode = wordEncoder(readSubwordModel(model));
  const ids: number[] = [];
  for (const word of list) encode(word, ids);
  return ids;
}

describe.each<ModelName>(['BPE', 'Unigram', 'WordPiece'])('a trained %s model', (name) => {
  describe.each([true, false])('with words marked: %s', (marksWords) => {
    const model = trainModel(name, corpus, marksWords);

    it('gives the ids of the tokenizers library for words it has not seen', async () => {
      const unseen = words(2, 300);
      const ids = ours(model, unseen);
      expect(ids).toEqual(await referenceIds(model, unseen));
      expect(ids.length).toBeLessThan(unseen.join('').length * 0.7);
    });

    it('gives the same ids for any order of known characters, long words and empty ones', async () => {
      const alphabet = [...new Set(corpus.join(''))];
      const word = fc.array(fc.constantFrom(...alphabet), { maxLength: 80 }).map((characters) => characters.join(''));
      await fc.assert(
        fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 8 }), async (list) => {
          expect(ours(model, list)).toEqual(await referenceIds(model, list));
        }),
        { numRuns: 150 },
      );
    });

    it('gives the same ids for one word of thousands of tokens', async () => {
      const long = [words(3, 400).join('')];
      expect(ours(model, long)).toEqual(await referenceIds(model, long));
    });
  });
});

describe('characters that a model has not seen', () => {
  const strange = ['\u0101', `${corpus[0]}\u0101\u0102${corpus[1]}`, `\u0101${corpus[2]}`];

  it.each([true, false])('are left out by BPE, words marked: %s', async (marksWords) => {
    const model = trainModel('BPE', corpus, marksWords);
    expect(ours(model, strange)).toEqual(await referenceIds(model, strange));
  });

  it('make a word unknown to WordPiece', async () => {
    const model = trainModel('WordPiece', corpus, true);
    expect(ours(model, strange)).toEqual(await referenceIds(model, strange));
  });

  it('are one unknown token in a row, or an error, with Unigram', async () => {
    const model = trainModel('Unigram', corpus, true);
    expect(() => ours(model, strange)).toThrow(expect.objectContaining({ code: 'token_unknown' }));
    await expect(referenceIds(model, strange)).rejects.toThrow();
    const withUnknown = model.replace('"unk_id":null', '"unk_id":0');
    expect(withUnknown).not.toBe(model);
    expect(ours(withUnknown, strange)).toEqual(await referenceIds(withUnknown, strange));
  });

  it('are no error with Unigram where a longer token has them', async () => {
    const model = JSON.stringify({
      version: '1.0',
      added_tokens: [],
      model: {
        type: 'Unigram',
        unk_id: null,
        vocab: [
          ['a', -1],
          ['ab', -1],
        ],
      },
    });
    expect(ours(model, ['ab', 'aab'])).toEqual(await referenceIds(model, ['ab', 'aab']));
  });

  it.each([false, true])('are unknown tokens of BPE where it has one, fused: %s', async (fuse) => {
    const file = JSON.parse(trainModel('BPE', corpus, false)) as { model: Record<string, unknown> };
    const [first = ''] = Object.keys(file.model.vocab as object);
    Object.assign(file.model, { unk_token: first, fuse_unk: fuse });
    const model = JSON.stringify(file);
    expect(ours(model, strange)).toEqual(await referenceIds(model, strange));
  });
});

/** A `tokenizer.json` with the parts that MidiTok never changes. */
function modelFile(model: object, others: object = {}): string {
  return JSON.stringify({ version: '1.0', added_tokens: [], ...others, model });
}

const METASPACE = { type: 'Metaspace', replacement: WORD_START, prepend_scheme: 'always', split: true };

function addedToken(id: number, content: string, special = true): object {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: !special, special };
}

describe('tokens that were added to a model', () => {
  const model = { type: 'BPE', vocab: { a: 0, b: 1, [WORD_START]: 2, ab: 3, '!': 4 }, merges: [['a', 'b']] };
  const list = ['!ab!ab', 'ab', '!!', 'a!?b', 'a+b!!!', '[]()', 'b.*a', 'xa'];

  it.each([true, false])('are found wherever they are, words marked: %s', async (marksWords) => {
    const text = modelFile(model, {
      added_tokens: [addedToken(4, '!'), addedToken(5, '!!!'), addedToken(6, '[]('), addedToken(7, '.*', false)],
      pre_tokenizer: marksWords ? METASPACE : null,
    });
    expect(ours(text, list)).toEqual(await referenceIds(text, list));
  });

  it('are found in any text', async () => {
    const text = modelFile(model, {
      added_tokens: [addedToken(4, '!'), addedToken(5, 'a!', false), addedToken(6, '!b'), addedToken(7, 'bb', false)],
      pre_tokenizer: METASPACE,
    });
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '!', WORD_START), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(word, async (one) => {
        expect(ours(text, [one])).toEqual(await referenceIds(text, [one]));
      }),
      { numRuns: 300 },
    );
  });
});

describe('scores with more digits than a float has', () => {
  it('are read as the tokenizers library reads them, which decides between ways that are as probable', async () => {
    const next = generator(11);
    const score = (): number => -(next(2 ** 24) / 2 ** 21 + next(2 ** 24) / 2 ** 45);
    let apart = 0;
    for (let run = 0; run < 200; run += 1) {
      // As one token or as two of half its score: equal, but for the last bit.
      const whole = score();
      const vocab = [
        ['a', whole / 2],
        ['b', whole / 2],
        ['ab', whole],
      ];
      const text = modelFile({ type: 'Unigram', unk_id: null, byte_fallback: false, vocab });
      const ids = ours(text, ['ab']);
      expect(ids).toEqual(await referenceIds(text, ['ab']));
      if (ids.length === 2) apart += 1;
    }
    expect(apart).toBeGreaterThan(0);
    const vocab = [1e-7, 123456789.12345679, 2.5e-300, 0.30000000000000004, 5e-324, 17].map((size, index) => [
      String.fromCharCode(97 + index),
      -size,
    ]);
    const text = modelFile({ type: 'Unigram', unk_id: null, byte_fallback: false, vocab });
    expect(ours(text, ['abcdef'])).toEqual(await referenceIds(text, ['abcdef']));
  });
});

describe('a WordLevel model', () => {
  it('knows whole words', async () => {
    const text = modelFile({ type: 'WordLevel', vocab: { ab: 0, c: 1 }, unk_token: 'c' });
    const list = ['ab', 'c', 'abc', ''];
    expect(ours(text, list)).toEqual(await referenceIds(text, list));
  });
});

it.each([
  ['BPE', { type: 'BPE', vocab: { a: 0 }, merges: [], unk_token: 'b' }],
  [
    'WordPiece',
    { type: 'WordPiece', vocab: { a: 0 }, unk_token: 'b', max_input_chars_per_word: 9, continuing_subword_prefix: '' },
  ],
  ['WordLevel', { type: 'WordLevel', vocab: { a: 0 }, unk_token: 'b' }],
])('a word that %s does not know is an error where its unknown token is not there', async (_, model) => {
  expect(ours(modelFile(model), ['a'])).toEqual(await referenceIds(modelFile(model), ['a']));
  expect(() => ours(modelFile(model), ['x'])).toThrow(expect.objectContaining({ code: 'token_unknown' }));
  await expect(referenceIds(modelFile(model), ['x'])).rejects.toThrow();
});

describe('a BPE model', () => {
  it('with prefixes and suffixes gives the same ids', async () => {
    const file = {
      model: {
        type: 'BPE',
        unk_token: null,
        continuing_subword_prefix: '@',
        end_of_word_suffix: '$',
        vocab: { a: 0, '@b': 1, '@b$': 2, '@c': 3, ab: 4, abc$: 5, '@c$': 6, ab$: 7, a$: 8 },
        merges: [
          ['a', '@b'],
          ['ab', '@c$'],
          ['a', '@b$'],
        ],
      },
    };
    const model = JSON.stringify({ version: '1.0', added_tokens: [], ...file });
    const list = ['abc', 'ab', 'a', 'abb', 'acb', 'abcc'];
    expect(ours(model, list)).toEqual(await referenceIds(model, list));
  });

  it('reads merges as older versions wrote them, and keeps whole words where it is told to', async () => {
    const vocab = { a: 0, b: 1, c: 2, ab: 3, bc: 4, abc: 5 };
    const base = { type: 'BPE', vocab, merges: ['b c', 'a b'] };
    for (const options of [{}, { ignore_merges: true }]) {
      const model = JSON.stringify({ version: '1.0', added_tokens: [], model: { ...base, ...options } });
      const list = ['abc', 'ab', 'cab', 'abcabc'];
      expect(ours(model, list)).toEqual(await referenceIds(model, list));
    }
  });
});

it.each([
  ['no JSON', '{'],
  ['no model', '{}'],
  ['a merge of three', '{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a a a"]}}'],
  ['an id that is none', '{"model": {"type": "BPE", "vocab": {"a": -1}, "merges": []}}'],
  ['a merge of what is not there', '{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}}'],
  ['an unknown piece that is not there', '{"model": {"type": "Unigram", "vocab": [["a", 0]], "unk_id": 1}}'],
  ['no pieces, but an unknown one', '{"model": {"type": "Unigram", "vocab": [], "unk_id": 0}}'],
  ['a limit that is none', '{"model": {"type": "WordPiece", "vocab": {"a": 0}, "max_input_chars_per_word": "x"}}'],
  ['an added token without text', '{"added_tokens": [{"id": 0, "content": ""}], "model": {"type": "BPE"}}'],
])('a model with %s is refused', (_, text) => {
  expect(() => readSubwordModel(text)).toThrow(expect.objectContaining({ code: 'tokenizer_config_invalid' }));
});

it.each([
  ['a normalizer', '{"normalizer": {"type": "NFC"}, "model": {"type": "BPE"}}'],
  [
    'another pre-tokenizer',
    '{"pre_tokenizer": {"type": "Whitespace"}, "model": {"type": "BPE", "vocab": {}, "merges": []}}',
  ],
  ['dropout', '{"model": {"type": "BPE", "dropout": 0.1, "vocab": {}, "merges": []}}'],
  ['bytes for characters', '{"model": {"type": "BPE", "byte_fallback": true, "vocab": {"<0x41>": 0}, "merges": []}}'],
  ['another model', '{"model": {"type": "Elsewhere", "vocab": {}}}'],
])('a model with %s is refused as unsupported', (_, text) => {
  expect(() => readSubwordModel(text)).toThrow(expect.objectContaining({ code: 'tokenizer_model_unsupported' }));
});
