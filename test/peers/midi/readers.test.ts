import { afterAll, describe, expect, it } from 'vitest';
import { oddFiles } from '../../../scripts/odd-midi/odd-files.ts';
import { guessEncoding } from '../../../src/charset/guess-encoding.ts';
import { decodeMidi } from '../../../src/midi/decode-midi.ts';
import { examineMidi } from '../../../src/midi/examine-midi.ts';
import { DEFAULT_LIMITS } from '../../../src/midi/limits.ts';
import { OTHER_READERS, type OtherReader, type Treatment } from '../../../src/midi/other-readers.ts';
import { DEFAULT_CHOICES } from '../../../src/midi/reading-choices.ts';
import type { Score } from '../../../src/midi/score.ts';
import { WorkSpace } from '../../../src/midi/work-space.ts';
import { missingPeers, Peer } from '../python.ts';
import { type Answers, onlyRepair, treatmentOf } from './compare-readers.ts';

const reason = missingPeers('symusic', 'mido', 'pretty_midi');
const CHOICES = { ...DEFAULT_CHOICES, guessEncoding };
const READERS: readonly OtherReader[] = ['symusic', 'mido', 'pretty_midi'];
/** symusic reads past the end of such files, and may take the process down. */
const DANGEROUS = ['truncated_chunk', 'truncated_event'] as const;

describe.skipIf(reason !== undefined)('odd files in other readers', () => {
  const peer = reason === undefined ? new Peer('midi/readers.py') : undefined;
  afterAll(() => peer?.end());
  const ask = async (bytes: Uint8Array) => (await peer?.ask(Buffer.from(bytes).toString('base64'))) as Answers;

  it('a file without a repair is read as symusic reads it; a mended one too, and by mido', async () => {
    const otherwise: string[] = [];
    for (const { name, bytes } of oddFiles()) {
      const { mended = bytes } = examineMidi(bytes, CHOICES);
      const { symusic, mido } = await ask(mended);
      const score = decoded(mended);
      if (treatmentOf(symusic, score) !== 'same') otherwise.push(`symusic: ${name} ${symusic.error ?? ''}`);
      if (mended !== bytes && treatmentOf(mido, score) !== 'same') otherwise.push(`mido: ${name} ${mido.error ?? ''}`);
    }
    expect(otherwise).toEqual([]);
  });

  it('what others do with each fault is what `inspect` says', async () => {
    const seen = new Map<string, Record<OtherReader, Set<Treatment>>>();
    for (const file of oddFiles()) {
      const repair = onlyRepair(file);
      if (repair === undefined || DANGEROUS.some((key) => key === repair)) continue;
      const answers = await ask(file.bytes);
      const entry = seen.get(repair) ?? { symusic: new Set(), mido: new Set(), pretty_midi: new Set() };
      seen.set(repair, entry);
      for (const reader of READERS) entry[reader].add(treatmentOf(answers[reader], decoded(file.bytes)));
    }
    const found = Object.fromEntries(
      [...seen].map(([repair, entry]) => [repair, READERS.map((reader) => [...entry[reader]].sort().join(' or '))]),
    );
    console.table(found);
    const told = Object.fromEntries(
      Object.entries(OTHER_READERS)
        .filter(([repair]) => seen.has(repair))
        .map(([repair, entry]) => [repair, READERS.map((reader) => entry[reader].join(' or '))]),
    );
    expect(found).toEqual(told);
  });
});

function decoded(bytes: Uint8Array): Score {
  const outcome = decodeMidi(bytes, DEFAULT_LIMITS, new WorkSpace(), CHOICES);
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.score;
}
