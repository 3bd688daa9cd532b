import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ProcessOptions, processPairs, type RunEvent } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { folderDigest } from '../folder-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('curation');
const input = join(folder, 'input');
cpSync(dirname(SAMPLE), input, { recursive: true });
const sampleFiles: readonly string[] = readFileSync(SAMPLE, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line).midi_file);

const CURATED: ProcessOptions = {
  split: 'train=0.6,validation=0.2,test=0.2',
  seed: 3,
  dedupe: 'exact',
  filter: 'n_notes>=100,text_words>=3',
};

/** What takes all of that back, though the run remembers it. */
const UNCURATED: ProcessOptions = { split: null, seed: null, dedupe: null, filter: null };

/** The sample, and copies of its first pieces under other captions. */
function manifest(name: string, copies: number): string {
  const file = join(input, name);
  writeFileSync(file, readFileSync(SAMPLE, 'utf8').trimEnd());
  for (const midiFile of sampleFiles.slice(0, copies)) {
    appendFileSync(file, `\n${JSON.stringify({ midi_file: midiFile, caption: 'The same piece once again.' })}`);
  }
  return file;
}

function options(name: string, inputFile: string, more: ProcessOptions = {}): ProcessOptions {
  const small = { workers: 2, batchSize: 4, checkpointInterval: 2 };
  const outputDir = join(folder, name);
  return { inputFile, outputDir, textEncoder: 'hashing', outputFormat: ['parquet', 'jsonl'], ...small, ...more };
}

interface Row {
  readonly index: number;
  readonly midi_file: string;
  readonly split: string;
}

function linesOf<Line = Row>(name: string, file = 'processed_data.jsonl'): readonly Line[] {
  const text = readFileSync(join(folder, name, 'dataset', file), 'utf8');
  return text.split('\n').flatMap((line): Line[] => (line === '' ? [] : [JSON.parse(line)]));
}

describe('a run that splits, drops copies and filters', () => {
  it('moves no pair to another split when pairs are added, and keeps copies together', async () => {
    const split = 'train=0.5,test=0.5';
    await processPairs(options('before', SAMPLE, { split }));
    await processPairs(options('after', manifest('more.jsonl', 8), { split }));
    const after = new Map(linesOf('after').map((row) => [row.index, row.split]));
    for (const { index, split: old } of linesOf('before')) expect(after.get(index)).toBe(old);
    for (const splits of splitsByFile(linesOf('after')).values()) expect(splits.size).toBe(1);
    expect(new Set(after.values()).size).toBe(2);
  });

  it('gives the same bytes with any number of workers, and after a stop', async () => {
    const inputFile = manifest('copies.jsonl', 8);
    await processPairs(options('undisturbed', inputFile, CURATED));
    await processPairs(options('one-worker', inputFile, { ...CURATED, workers: 1, batchSize: 50 }));
    const stop = new AbortController();
    const onEvent = (event: RunEvent) => {
      if (event.type === 'saved') stop.abort();
    };
    const told = options('stopped', inputFile, CURATED);
    expect(await processPairs(told, { signal: stop.signal, onEvent })).toMatchObject({ status: 'interrupted' });
    await processPairs(told);
    const expected = folderDigest(join(folder, 'undisturbed', 'dataset'));
    expect(Object.keys(expected)).toContain('data/validation-00000-of-00001.parquet');
    expect(folderDigest(join(folder, 'one-worker', 'dataset'))).toEqual(expected);
    expect(folderDigest(join(folder, 'stopped', 'dataset'))).toEqual(expected);
  });

  it('counts in its statistics and its recipe every pair once', async () => {
    const stats = JSON.parse(readFileSync(join(folder, 'undisturbed', 'processing_stats.json'), 'utf8'));
    const recipe = JSON.parse(readFileSync(join(folder, 'undisturbed', 'dataset', 'recipe.json'), 'utf8'));
    const { total, rows, failed, pending, left_out: leftOut } = stats.pairs;
    expect(total).toBe(sampleFiles.length + 8);
    expect(rows + failed + pending + leftOut).toBe(total);
    const { duplicates, filters, splits } = stats.curation;
    expect(duplicates.dropped).toBeGreaterThanOrEqual(4);
    expect(duplicates.dropped + filters.rejected).toBe(leftOut);
    expect(linesOf('undisturbed', 'rejected.jsonl')).toHaveLength(filters.rejected);
    expect(Object.values<number>(splits).reduce((sum, count) => sum + count, 0)).toBe(rows);
    const leftOutBy = { rejected: filters.rejected, dropped: duplicates.dropped };
    expect(recipe.pairs).toEqual({ total, rows, failed, pending, ...leftOutBy });
    expect(recipe.curation).toMatchObject({ seed: 3, dedupe: 'exact', filters: ['n_notes>=100', 'text_words>=3'] });
  });

  it('is merged in another way from the same checkpoints', async () => {
    const inputFile = manifest('copies.jsonl', 8);
    const result = await processPairs(options('one-worker', inputFile, { mode: 'merge', ...UNCURATED }));
    expect(result).toMatchObject({ status: 'complete', dataset: { rows: result.completed } });
    expect(new Set(linesOf('one-worker').map(({ split }) => split))).toEqual(new Set(['train']));
  });

  it('is filtered anew by fields of the manifest, and a name that no row has is said', async () => {
    const inputFile = manifest('copies.jsonl', 8);
    const events: RunEvent[] = [];
    const told = { mode: 'merge', ...UNCURATED } as const;
    const merged = async (filter: string) =>
      processPairs(options('one-worker', inputFile, { ...told, filter }), { onEvent: (event) => events.push(event) });
    await merged('metadata.annotated_bpm<100');
    const bpm = linesOf<{ metadata: string }>('one-worker').map(({ metadata }) => JSON.parse(metadata).annotated_bpm);
    expect(bpm.length).toBeGreaterThan(3);
    for (const number of bpm) expect(number).toBeLessThan(100);
    expect(events.filter(({ type }) => type === 'saved')).toEqual([]);

    expect((await merged('metadata.annotated_tempo<100')).dataset?.rows).toBe(0);
    const notices = events.flatMap((event) => (event.type === 'notice' ? event.message : []));
    expect(notices.join()).toMatch(/no row has the field of metadata.annotated_tempo<100.*metadata.annotated_bpm/);
  });

  it.each([
    ['invalid_split', { split: 'train=0.9' }],
    ['invalid_filter', { filter: 'n_nodes>=3' }],
    ['invalid_option', { seed: -1 }],
  ] as const)('is refused at once with %s', async (code, more) => {
    const asked = async () => processPairs(options('refused', SAMPLE, more));
    await expect(asked()).rejects.toMatchObject({ code });
  });
});

/** The splits that each file is in. */
function splitsByFile(rows: readonly Row[]): ReadonlyMap<string, ReadonlySet<string>> {
  const splits = new Map<string, Set<string>>();
  for (const row of rows) splits.set(row.midi_file, (splits.get(row.midi_file) ?? new Set()).add(row.split));
  return splits;
}
