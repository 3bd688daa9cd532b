import { describe, expect, it } from 'vitest';
import { hfTokenizerFiles } from '../../src/dataset/hf-tokenizer.ts';

describe('the files for AutoTokenizer', () => {
  it('name the special tokens that the vocabulary has', () => {
    const files = Object.fromEntries(hfTokenizerFiles([['PAD_None', 'EOS_None', 'Pitch_60']]));
    expect(Object.keys(files)).toEqual(['tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json']);
    expect(JSON.parse(files['special_tokens_map.json'] ?? '')).toEqual({
      pad_token: 'PAD_None',
      eos_token: 'EOS_None',
    });
    expect(JSON.parse(files['tokenizer.json'] ?? '')).toMatchObject({
      model: { type: 'WordLevel', vocab: { PAD_None: 0, EOS_None: 1, Pitch_60: 2 } },
      added_tokens: [
        { id: 0, content: 'PAD_None' },
        { id: 1, content: 'EOS_None' },
      ],
    });
  });

  it.each([
    ['compound tokens', [['A'], ['B']]],
    ['tokens with white space in their names', [['A', 'B C']]],
    ['tokens of one name', [['A', 'A']]],
  ])('are not there for %s', (_, vocabulary) => {
    expect(hfTokenizerFiles(vocabulary)).toEqual([]);
  });
});
