import { afterAll, describe, expect, it } from 'vitest';
import { missingPeers } from '../python.ts';
import { compareIds, compareVocabulary, ourTokenizer } from './compare.ts';
import { midiPool } from './midi-pool.ts';
import { MidiTok } from './miditok.ts';
import { Random } from './random.ts';
import { randomConfig, TOKENIZATIONS } from './random-config.ts';
import { shrink } from './shrink.ts';
import { Tallies } from './tallies.ts';

const configs = Number(process.env.PEERS_CONFIGS ?? 300);
const seed = Number(process.env.PEERS_SEED ?? 1);
/** A tokenization to look at alone. */
const only = process.env.PEERS_ONLY;
const FILES = 12;
/** More differences than these are counted, but not shrunk. */
const MOST_SHRUNK = Number(process.env.PEERS_SHRUNK ?? 3);

describe.skipIf(missingPeers('miditok', 'symusic') !== undefined)('MidiTok 3.1.0', () => {
  const midiTok = new MidiTok();
  afterAll(() => midiTok.end());

  for (const [place, tokenization] of TOKENIZATIONS.entries()) {
    if (only !== undefined && only !== tokenization) continue;
    it(`gives the ids of ${tokenization} under random configurations, seed ${seed}`, async () => {
      const tallies = new Tallies();
      const differences: string[] = [];
      const reasons = new Map<string, number>();
      for (let turn = 0; turn < Math.ceil(configs / TOKENIZATIONS.length); turn += 1) {
        const random = new Random(seed * 1_000_003 + turn * TOKENIZATIONS.length + place);
        const config = randomConfig(random, tokenization);
        const files = midiPool(random, FILES);
        const theirs = await midiTok.make(config);
        if ('refused' in theirs) {
          const isRefused = theirs.draft === undefined || 'refused' in ourTokenizer(theirs.draft);
          tallies.add('configurations', isRefused ? 'refused by both' : 'different');
          if (!isRefused) {
            differences.push(`turn ${turn}: read by us alone: ${theirs.refused}\n  ${JSON.stringify(config.options)}`);
          }
          continue;
        }
        const ours = ourTokenizer(theirs.saved);
        const vocabulary = compareVocabulary(ours, theirs);
        tallies.add('configurations', vocabulary.kind);
        if ('refused' in ours || vocabulary.kind === 'different') {
          const why = 'why' in vocabulary ? vocabulary.why : '';
          differences.push(`turn ${turn}: ${why}\n  ${JSON.stringify(config.options)}`);
          continue;
        }
        const answers = await midiTok.encode(files.map((file) => file.bytes));
        for (const [index, file] of files.entries()) {
          const answer = answers[index] ?? { refused: 'no answer' };
          const verdict = compareIds(ours, theirs.single, file.bytes, answer);
          tallies.add('files', verdict.kind);
          if (verdict.kind === 'refused by MidiTok alone') {
            const [reason = ''] = verdict.why.split(/[\d:'"]/);
            reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
          }
          if (verdict.kind !== 'different') continue;
          const isShrunk = differences.length < MOST_SHRUNK;
          const small = isShrunk ? `\n  ${await shrink(midiTok, config, file)}` : '';
          differences.push(`turn ${turn}, file ${index} (${file.name}): ${verdict.why}${small}`);
          if (isShrunk) await midiTok.load(tokenization, theirs.saved);
        }
      }
      console.log(`${tokenization}, seed ${seed}\n${tallies.toMarkdown()}\n${[...reasons].join('\n')}`);
      expect(differences.length, differences.slice(0, 10).join('\n\n')).toBe(0);
    });
  }
});
