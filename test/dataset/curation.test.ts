import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CurationOptions } from '../../src/dataset/curation.ts';
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { OUTPUT_FORMATS } from '../../src/dataset/writers/output-format.ts';
import { parseFilters } from '../../src/quality/parse-filters.ts';
import { alike, figuresOf, piece } from '../similarity/pieces.ts';
import { readWithDuckdb } from './parquet/parquet-readers.ts';
import { contentOf, type JsonRow, readDatasetFile, readJsonLines, runDirectory } from './run-directory.ts';
import { mergeInput, type Outcome, type SyntheticRun } from './synthetic-run.ts';

const PLAIN: CurationOptions = { splits: [{ name: 'train', share: 1 }], seed: 0, dedupe: 'none', filters: [] };
const THREE: CurationOptions = {
  ...PLAIN,
  splits: [
    { name: 'train', share: 0.6 },
    { name: 'validation', share: 0.2 },
    { name: 'test', share: 0.2 },
  ],
};

/** Of each four pairs the second is a file of the first, the third a near copy, the fourth something else. */
function families(index: number) {
  const family = Math.floor(index / 4);
  if (index % 4 === 3) return piece(10_000 + index);
  if (index % 4 === 2) return piece(20_000 + index, { figures: alike(figuresOf(family), 60, index), notes: 120 });
  return piece(family);
}

async function merge(
  run: SyntheticRun,
  curation: Partial<CurationOptions>,
  others: Parameters<typeof mergeInput>[2] = {},
) {
  const outputDir = runDirectory();
  const told = { formats: ['jsonl'], curation: { ...PLAIN, ...curation }, ...others } as const;
  const result = await mergeDataset(mergeInput(run, outputDir, told));
  const rows = existsSync(join(outputDir, 'dataset/processed_data.jsonl'))
    ? readJsonLines(outputDir, 'processed_data.jsonl')
    : [];
  return { outputDir, result, rows, indices: rows.map(({ index }) => index) };
}

const splitsOf = (rows: readonly JsonRow[]) => new Map(rows.map(({ index, split }) => [index, split]));

describe('splits', () => {
  it('never part the copies of a piece, whatever the seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const { rows } = await merge({ total: 80, pieceOf: families }, { ...THREE, seed });
        const splits = splitsOf(rows);
        for (let first = 0; first < 80; first += 4) {
          expect(splits.get(first + 1)).toBe(splits.get(first));
          expect(splits.get(first + 2)).toBe(splits.get(first));
        }
      }),
      { numRuns: 8 },
    );
  });

  it('stay as they are when pairs are added, be they copies of old ones or not', async () => {
    const before = await merge({ total: 60, pieceOf: families }, THREE);
    const added = (index: number) => (index < 60 ? families(index) : families((index * 7) % 90));
    const after = splitsOf((await merge({ total: 100, pieceOf: added }, THREE)).rows);
    expect(before.rows.map(({ index }) => after.get(index))).toEqual(before.rows.map(({ split }) => split));
  });

  it('are Parquet files of their own, which DuckDB reads, and the card names them with their sizes', async () => {
    const formats = ['parquet', 'jsonl', 'webdataset'] as const;
    const { outputDir, rows, result } = await merge({ total: 120 }, THREE, { formats, shardSizeBytes: 20_000 });
    const card = readDatasetFile(outputDir, 'README.md');
    for (const { name } of THREE.splits) {
      const expected = rows.filter(({ split }) => split === name).map(({ index }) => index);
      expect(expected.length).toBeGreaterThan(0);
      const glob = join(outputDir, `dataset/data/${name}-*.parquet`);
      const read = await readWithDuckdb(glob, 'SELECT index::INT AS index, split');
      expect(read).toEqual(expected.map((index) => ({ index, split: name })));
      expect(card).toContain(`  - split: ${name}\n    path: data/${name}-*.parquet\n`);
      expect(card).toMatch(new RegExp(`- name: ${name}\n    num_bytes: \\d+\n    num_examples: ${expected.length}\n`));
      expect(result.curation.splits[name]).toBe(expected.length);
    }
    expect(readdirSync(join(outputDir, 'dataset/data')).join()).toMatch(/train-00002-of-\d+\.parquet/);
    expect(readdirSync(join(outputDir, 'dataset/webdataset')).join()).toMatch(/test-00000-of-\d+\.tar/);
  });

  it('have no file where they have no row, and a data set without rows has a file all the same', async () => {
    const formats = ['parquet', 'webdataset'] as const;
    const one = await merge({ total: 1 }, THREE, { formats });
    const files = one.result.files.filter(({ path }) => path.endsWith('.parquet') || path.endsWith('.tar'));
    expect(files).toHaveLength(2);
    const none = await merge({ total: 0 }, THREE, { formats });
    expect(none.result.files.map(({ path }) => path)).toContain('data/train-00000-of-00001.parquet');
  });

  it('are not taken for one where a file has all of them', async () => {
    const { outputDir } = await merge({ total: 40 }, THREE);
    expect(readDatasetFile(outputDir, 'README.md')).toContain('- split: everything\n    path: processed_data.jsonl');
  });
});

describe('copies', () => {
  it('are in a group of one key, with the reason in duplicates.jsonl', async () => {
    const { rows, outputDir, result } = await merge({ total: 8, pieceOf: families }, {});
    const keys = rows.map(({ duplicate_group: key }) => key);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect([keys[3], keys[7]]).toEqual([null, null]);
    expect(keys[4]).not.toBe(keys[0]);
    const [first, second] = readJsonLines(outputDir, 'duplicates.jsonl');
    expect(first).toEqual({
      index: 1,
      id: '00000001',
      group: keys[0],
      of: 0,
      kind: 'exact',
      similarity: 1,
      kept: null,
    });
    expect(second).toMatchObject({ index: 2, of: 0, kind: 'near', kept: null });
    // A reader that sees whole numbers first takes the column for one of integers.
    expect(readDatasetFile(outputDir, 'duplicates.jsonl')).toContain('"similarity":1.0,');
    expect(result.curation.duplicates).toEqual({
      groups: 2,
      pairs: 6,
      links: { exact: 2, notes: 0, transposed: 0, near: 2 },
      turned_away: 0,
      across_splits: 0,
      dropped: 0,
    });
  });

  it.each([
    ['exact', [0, 2, 3, 4, 6, 7]],
    ['near', [2, 3, 6, 7]],
  ] as const)('are dropped by --dedupe %s but for the best, listed and counted', async (dedupe, kept) => {
    const { indices, outputDir, result } = await merge({ total: 8, pieceOf: families }, { dedupe });
    expect(indices).toEqual(kept);
    const dropped = [0, 1, 2, 3, 4, 5, 6, 7].filter((index) => !indices.includes(index));
    const lines = readJsonLines(outputDir, 'duplicates.jsonl').filter((line) => line.kept !== null);
    expect(lines.map(({ index }) => index)).toEqual(dropped);
    for (const { index, kept: instead } of lines) {
      expect(instead).toBe(Math.floor(Number(index) / 4) * 4 + (dedupe === 'near' ? 2 : 0));
    }
    expect(result.curation.duplicates.dropped).toBe(dropped.length);
    expect(JSON.parse(readDatasetFile(outputDir, 'recipe.json'))).toMatchObject({
      curation: { dedupe },
      pairs: { total: 8, rows: kept.length, dropped: dropped.length },
    });
  });

  it('that failed, or have not been processed, neither found a group nor stand in for others', async () => {
    const midi = (index: number): Outcome => (index === 0 ? 'failed' : 'ok');
    const text = (index: number): Outcome => (index === 2 ? 'failed' : index === 7 ? 'missing' : 'ok');
    const run = { total: 8, pieceOf: () => piece(1), midi, text };
    const { indices, rows, outputDir } = await merge(run, { dedupe: 'near' }, { partial: true });
    expect(indices).toEqual([1]);
    expect(rows[0]?.duplicate_group).not.toBeNull();
    expect(readJsonLines(outputDir, 'duplicates.jsonl').map(({ index, of }) => [index, of])).toEqual(
      [3, 4, 5, 6].map((index) => [index, 1]),
    );
  });
});

describe('filters', () => {
  const filters = parseFilters('n_notes>=10,text_words>=3');
  const captionOf = (index: number) => (index === 15 ? 'short' : `a caption of pair ${index}`);
  /** Nulls come at every fourth pair; n_notes is the index elsewhere. */
  const run: SyntheticRun = { total: 20, captionOf };

  it('reject rows with the reason, and count which filter did', async () => {
    const { rows, outputDir, result, indices } = await merge(run, { filters });
    const rejected = readJsonLines(outputDir, 'rejected.jsonl');
    expect([...indices, ...rejected.map(({ index }) => index)].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    expect(rejected.find(({ index }) => index === 9)).toMatchObject({
      id: '00000009',
      midi_metadata: { n_notes: 9 },
      reasons: ['n_notes>=10: 9'],
    });
    expect(rejected.find(({ index }) => index === 15)?.reasons).toEqual(['text_words>=3: 1']);
    expect(rejected[0]).not.toHaveProperty('midi_tokens');
    expect(rows.find(({ index }) => index === 11)?.quality).toEqual({
      passed: true,
      checks: [
        { filter: 'n_notes>=10', value: 11, text: null, passed: true },
        { filter: 'text_words>=3', value: 5, text: null, passed: true },
      ],
    });
    expect(result.curation.filters).toMatchObject({ rows: 20, rejected: rejected.length });
    expect(result.curation.filters?.filters[1]).toEqual({ filter: 'text_words>=3', rejected: 1, alone: 1, absent: 0 });
    expect(JSON.parse(readDatasetFile(outputDir, 'recipe.json')).pairs).toMatchObject({
      rows: rows.length,
      rejected: rejected.length,
    });
  });

  it('give every format the same verdicts', async () => {
    const { outputDir, rows } = await merge(run, { filters }, { formats: OUTPUT_FORMATS });
    const read = await readWithDuckdb(join(outputDir, 'dataset/data/*.parquet'), 'SELECT to_json(quality) AS quality');
    expect(read.map(({ quality }) => JSON.parse(String(quality)))).toEqual(rows.map(({ quality }) => quality));
  });

  it('leave of a group the best that passes, and no file of rejected rows where there are none', async () => {
    // The last has most notes and is rejected for its caption.
    const pieceOf = (index: number) => piece(1, { notes: index });
    const copies = { total: 16, pieceOf, captionOf };
    expect((await merge(copies, { filters, dedupe: 'exact' })).indices).toEqual([14]);
    const without = await merge(copies, { dedupe: 'exact' });
    expect(without.indices).toEqual([15]);
    expect(Object.keys(contentOf(without.outputDir))).not.toContain('rejected.jsonl');
  });

  it('on fields of the manifest choose among copies, too', async () => {
    const copies: SyntheticRun = {
      total: 16,
      pieceOf: (index) => piece(1, { notes: index }),
      metadataOf: (index) => ({ release: { year: String(1980 + index) } }),
    };
    const old = parseFilters('metadata.release.year<1990');
    expect((await merge(copies, { filters: old, dedupe: 'exact' })).indices).toEqual([9]);
    const { rows, outputDir } = await merge(copies, { filters: old });
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 10 }, (_, index) => index));
    expect(rows.at(-1)?.quality).toMatchObject({ checks: [{ value: null, text: '1989', passed: true }] });
    expect(readJsonLines(outputDir, 'rejected.jsonl')[0]?.reasons).toEqual(['metadata.release.year<1990: 1990']);
  });

  it('change no split', async () => {
    const everything = splitsOf((await merge({ ...run, pieceOf: families }, THREE)).rows);
    const { rows } = await merge({ ...run, pieceOf: families }, { ...THREE, filters });
    expect(rows.length).toBeLessThan(20);
    for (const { index, split } of rows) expect(split).toBe(everything.get(index));
  });
});
