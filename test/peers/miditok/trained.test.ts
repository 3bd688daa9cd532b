import { afterAll, describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../../src/tokens/create-tokenizer.ts';
import { missingPeers } from '../python.ts';
import { compareIds, ourTokenizer } from './compare.ts';
import { scoreDifference } from './compare-scores.ts';
import { mangle, type Token } from './mangle.ts';
import { midiPool } from './midi-pool.ts';
import { type DecodeAnswer, type MadeTokenizer, MidiTok } from './miditok.ts';
import { Random } from './random.ts';
import { randomConfig, type TokenizationName } from './random-config.ts';
import { Tallies } from './tallies.ts';

/** Those of plain tokens: MidiTok trains no others. */
const TRAINABLE: readonly TokenizationName[] = ['REMI', 'TSD', 'MIDILike', 'Structured', 'MMM', 'PerTok'];
const MODELS = ['BPE', 'Unigram', 'WordPiece'] as const;
const SPLITS = ['bar', 'beat', 'no'] as const;

const configs = Number(process.env.PEERS_CONFIGS ?? 54);
const seed = Number(process.env.PEERS_SEED ?? 1);
/** A tokenization to look at alone. */
const only = process.env.PEERS_ONLY;
const TRAINING_FILES = 16;
const FILES = 10;
const rounds = Math.ceil(configs / (TRAINABLE.length * MODELS.length * SPLITS.length));

describe.skipIf(missingPeers('miditok', 'symusic') !== undefined)('trained by MidiTok 3.1.0', () => {
  const midiTok = new MidiTok();
  afterAll(() => midiTok.end());

  for (const [place, tokenization] of TRAINABLE.entries()) {
    if (only !== undefined && only !== tokenization) continue;
    it(`${tokenization} has the same ids and scores, seed ${seed}`, async () => {
      const tallies = new Tallies();
      const differences: string[] = [];
      const turns = Array.from({ length: rounds }, (_, round) =>
        MODELS.flatMap((model) => SPLITS.map((split) => ({ model, split, round }))),
      ).flat();
      for (const [turn, { model, split }] of turns.entries()) {
        const random = new Random(seed * 3_000_017 + turn * TRAINABLE.length + place);
        const drawn = randomConfig(random, tokenization);
        const config = { ...drawn, options: { ...drawn.options, encode_ids_split: split } };
        const base = await midiTok.make(config);
        if ('refused' in base) continue;
        const size = Object.keys([base.vocabulary].flat()[0] ?? {}).length + random.int(20, 400);
        // One file that MidiTok cannot tokenize ends its training.
        const candidates = midiPool(random, TRAINING_FILES).map((file) => file.bytes);
        const encodable = await midiTok.encode(candidates);
        const corpus = candidates.filter((_, index) => 'streams' in (encodable[index] ?? {}));
        const theirs = await midiTok.train(config, model, size, corpus);
        if ('refused' in theirs) {
          tallies.add(`not trained: ${theirs.refused.slice(0, 60)}`, 'refused by both');
          continue;
        }
        const name = `turn ${turn}, ${model} ${split}`;
        const ours = ourTokenizer(theirs.saved);
        if ('refused' in ours) {
          tallies.add('configurations', 'different');
          differences.push(`${name}: refused by us alone: ${ours.refused}\n  ${JSON.stringify(config.options)}`);
          continue;
        }
        tallies.add(`${model} ${split}`, 'equal');
        const files = midiPool(random, FILES);
        const answers = await midiTok.encode(files.map((file) => file.bytes));
        const streams: (readonly (readonly Token[])[])[] = [];
        for (const [index, file] of files.entries()) {
          const answer = answers[index] ?? { refused: 'no answer' };
          const verdict = compareIds(ours, theirs.single, file.bytes, answer);
          tallies.add('files', verdict.kind);
          if ('streams' in answer) streams.push(answer.streams);
          if (verdict.kind === 'different') {
            differences.push(
              `${name}, file ${index} (${file.name}): ${verdict.why}\n  ${JSON.stringify(config.options)}`,
            );
          }
        }
        const sizes = ours.vocabulary.columns.map(({ tokens }) => tokens.length);
        const cases = [...streams, ...streams.map((one) => mangle(random, one, sizes))].filter((one) =>
          isTakenForTrained(one, theirs),
        );
        const decoded = await midiTok.decode(cases);
        for (const [index, one] of cases.entries()) {
          const why = decodeDifference(ours, one, decoded[index] ?? { refused: 'no answer' });
          tallies.add('decoded', why === undefined ? 'equal' : 'different');
          if (why !== undefined)
            differences.push(`${name}, decoded ${index}: ${why}\n  ${JSON.stringify(config.options)}`);
        }
      }
      console.log(`${tokenization}, seed ${seed}\n${tallies.toMarkdown()}`);
      expect(differences.length, differences.slice(0, 8).join('\n\n')).toBe(0);
    });
  }
});

/** MidiTok guesses whether ids are those of the model: they are if one of them is beyond the base tokens. */
function isTakenForTrained(streams: readonly (readonly Token[])[], { vocabulary }: MadeTokenizer): boolean {
  const count = Object.keys(vocabulary).length;
  return streams.every((stream) => stream.some((id) => typeof id === 'number' && id >= count));
}

function decodeDifference(
  ours: Tokenizer,
  streams: readonly (readonly Token[])[],
  theirs: DecodeAnswer,
): string | undefined {
  try {
    const ids = streams.map((stream) => Uint16Array.from(stream.flat()));
    const score = ours.decode({ layout: 'tracks', columns: 1, streams: ids });
    return 'refused' in theirs ? undefined : scoreDifference(score, theirs);
  } catch (error) {
    return `refused by us: ${error}`;
  }
}
