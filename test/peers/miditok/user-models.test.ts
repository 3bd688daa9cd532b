import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { missingPeers } from '../python.ts';
import { compareIds, ourTokenizer } from './compare.ts';
import { MidiTok } from './miditok.ts';

const samples = fileURLToPath(new URL('../../../data/midi/', import.meta.url));
const files = readdirSync(samples)
  .filter((name) => !name.startsWith('bad'))
  .map((name) => new Uint8Array(readFileSync(`${samples}${name}`)))
  .filter((bytes) => bytes.length < 8000)
  .slice(0, 14);

/** Models that a user gives to `train`, and arguments of the trainers of Hugging Face's library. */
const MODELS: readonly (readonly [model: string | object, trainerArguments?: object])[] = [
  [{ type: 'WordLevel', vocab: { '!': 0 }, unk_token: '!' }],
  [{ type: 'WordLevel', vocab: {} }],
  [{ type: 'BPE', unk_token: '!', fuse_unk: true }],
  [{ type: 'BPE', continuing_subword_prefix: '##' }],
  [{ type: 'BPE', end_of_word_suffix: '$' }],
  [{ type: 'BPE', byte_fallback: true }],
  [{ type: 'BPE', ignore_merges: true }],
  [{ type: 'WordPiece', unk_token: '!' }],
  ['BPE', { limit_alphabet: 40 }],
  ['BPE', { max_token_length: 3 }],
  ['Unigram', { unk_token: '<unk>' }],
  ['Unigram', { max_piece_length: 64 }],
  ['WordPiece', { max_input_chars_per_word: 20 }],
  ['WordPiece', { unk_token: '[UNK]' }],
];

describe.skipIf(missingPeers('miditok', 'symusic') !== undefined)('a model that a user made for MidiTok 3.1.0', () => {
  const midiTok = new MidiTok();
  afterAll(() => midiTok.end());

  it.each(['bar', 'beat', 'no'])('has the same ids, with words split by %s', async (split) => {
    const config = { tokenization: 'REMI', options: { encode_ids_split: split } } as const;
    const base = await midiTok.make(config);
    if ('refused' in base) throw new Error(base.refused);
    const size = Object.keys(base.vocabulary).length + 100;
    const differences: string[] = [];
    let equal = 0;
    for (const [model, trainerArguments] of MODELS) {
      const theirs = await midiTok.train(config, model, size, files.slice(0, 6), trainerArguments);
      const name = JSON.stringify([model, trainerArguments]);
      const ours = 'refused' in theirs ? theirs : ourTokenizer(theirs.saved);
      if ('refused' in theirs || 'refused' in ours) {
        if ('refused' in ours) differences.push(`${name}: ${ours.refused}`);
        continue;
      }
      const answers = await midiTok.encode(files);
      for (const [index, bytes] of files.entries()) {
        const verdict = compareIds(ours, theirs.single, bytes, answers[index] ?? { refused: 'no answer' });
        if (verdict.kind === 'different') differences.push(`${name}: ${verdict.why}`);
        else equal += 1;
      }
    }
    expect(differences).toEqual([]);
    expect(equal).toBe(MODELS.length * files.length);
  });
});
