import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { parseFilters } from '../../src/quality/parse-filters.ts';
import { folderDigest } from '../folder-digest.ts';
import { piece } from '../similarity/pieces.ts';
import { runDirectory } from './run-directory.ts';
import { mergeInput, type Outcome, type SyntheticRun } from './synthetic-run.ts';

/** The others say which formats there are. */
const SAME = /^data\/|^duplicates|^failures|^rejected/;

/** What is written where the format jsonl asks for the copies before the rows, and where nothing does. */
async function bothWays(run: SyntheticRun, others: Parameters<typeof mergeInput>[2] = {}) {
  const [before, after] = [runDirectory(), runDirectory()];
  const knownBefore = await mergeDataset(mergeInput(run, before, { ...others, formats: ['parquet', 'jsonl'] }));
  const foundAfter = await mergeDataset(mergeInput(run, after, { ...others, formats: ['parquet'] }));
  expect(knownBefore.lateCopies).toBeUndefined();
  expect(foundAfter.lateCopies).toBeDefined();
  const rowsOf = (directory: string) => {
    const digest = folderDigest(join(directory, 'dataset'));
    return Object.fromEntries(Object.entries(digest).filter(([path]) => SAME.test(path)));
  };
  expect(rowsOf(after)).toEqual(rowsOf(before));
  expect(foundAfter.curation).toEqual(knownBefore.curation);
  return { directory: after, foundAfter, files: Object.keys(rowsOf(after)) };
}

/** Each third pair is the piece of the one before. */
const pieceOf = (index: number) => piece(index % 3 === 2 ? index - 1 : index);

describe('copies that are found when all rows are written', () => {
  it('are in the same bytes as those found before, over several shards, with failures', async () => {
    const midi = (index: number): Outcome => (index % 11 === 5 ? 'failed' : 'ok');
    const { files, foundAfter } = await bothWays({ total: 120, midi, pieceOf }, { shardSizeBytes: 60_000 });
    expect(files.join()).toMatch(/data\/train-00001-of-/);
    const { rows, groupOf } = foundAfter.lateCopies ?? { rows: [], groupOf: () => null };
    expect(groupOf(2)).toMatch(/^[0-9a-f]{16}$/);
    expect([groupOf(1), groupOf(0)]).toEqual([groupOf(2), null]);
    expect([...rows]).not.toContain(5);
  });

  it('wait in a file with all row groups but the last, which is gone afterwards', async () => {
    const long = Uint16Array.from({ length: 20_000 }, (_, at) => (at * at) % 251);
    const tokensOf = (index: number) =>
      ({ layout: 'single', columns: 1, streams: [long.subarray(index % 100)] }) as const;
    const { directory } = await bothWays({ total: 260, pieceOf, tokensOf });
    expect(existsSync(join(directory, 'dataset/data/train-00000.parquet.held'))).toBe(false);
  });

  it('are not waited for where a row would go elsewhere, or nowhere, or be listed as rejected', async () => {
    const told = { splits: [{ name: 'train', share: 1 }], seed: 0, dedupe: 'none', filters: [] } as const;
    const splits = [
      { name: 'train', share: 0.5 },
      { name: 'test', share: 0.5 },
    ];
    const filters = parseFilters('tokens>8');
    for (const more of [{ dedupe: 'exact' }, { splits }, { keptSplits: ['train'] }, { filters }] as const) {
      const curation = { ...told, ...more };
      const { lateCopies } = await mergeDataset(mergeInput({ total: 4, pieceOf }, runDirectory(), { curation }));
      expect(lateCopies).toBeUndefined();
    }
  });
});
