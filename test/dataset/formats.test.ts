import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackMultiple } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { OUTPUT_FORMATS } from '../../src/dataset/writers/output-format.ts';
import { readWithDuckdb } from './parquet/parquet-readers.ts';
import { type JsonRow, readJsonLines, runDirectory } from './run-directory.ts';
import { captionOf, mergeInput, tokensOf } from './synthetic-run.ts';

const python = spawnSync('python3', ['--version']);
const hasPython = python.status === 0;
if (!hasPython) console.log('skipped: reading the formats with Python, because there is no python3');

const TOTAL = 30;
const indices = Array.from({ length: TOTAL }, (_, index) => index);
const streamOf = (index: number): readonly number[] => [...(tokensOf(index).streams[0] ?? [])];
const embeddingOf = (index: number): readonly number[] => [0, 1, 2, 3].map((at) => index + at / 8);

describe('every format', () => {
  it.skipIf(!hasPython)('is read by Python with the rows that JSON Lines has', async () => {
    const outputDir = await writeAll();
    const rows = readJsonLines(outputDir, 'processed_data.jsonl');
    const script = fileURLToPath(new URL('read-formats.py', import.meta.url));
    const { stdout, stderr } = spawnSync('python3', [script, join(outputDir, 'dataset')], { maxBuffer: 1 << 26 });
    expect(stderr.toString()).toBe('');
    const found: Readonly<Record<string, unknown>> = JSON.parse(stdout.toString());
    expect(found.jsonl).toEqual(rows);
    expect(found.json).toEqual(rows);
    expect(found.jsonl_gz).toEqual(rows);
    expect(found.npy).toEqual([[TOTAL, 4], indices.flatMap(embeddingOf)]);
    expect(found.webdataset).toEqual(
      Object.fromEntries(
        indices.map((index) => [
          keyOf(index),
          { caption: captionOf(index), tokens: streamOf(index), index, embedding: embeddingOf(index) },
        ]),
      ),
    );
    expect(found.miditok).toEqual(
      Object.fromEntries(indices.map((index) => [`${keyOf(index)}.json`, streamOf(index)])),
    );
    expect(found.sums).toBe(true);
    if (found.numpy === null) console.log('skipped: numpy.load, because numpy is not there');
    else expect(found.numpy).toEqual(indices.map(embeddingOf));
  });

  it('has in MessagePack the rows that JSON Lines has', async () => {
    const outputDir = await writeAll();
    const packed = readFileSync(join(outputDir, 'dataset/processed_data.msgpack'));
    const rows: unknown[] = unpackMultiple(packed);
    expect(rows).toEqual(readJsonLines(outputDir, 'processed_data.jsonl'));
  });

  it('has in Parquet the rows that JSON Lines has', async () => {
    const outputDir = await writeAll();
    const read = await readWithDuckdb(join(outputDir, 'dataset/data/*.parquet'), 'SELECT to_json(COLUMNS(*))');
    const rows = read.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, parsed(value)])),
    );
    expect(rows).toEqual(readJsonLines(outputDir, 'processed_data.jsonl'));
  });

  it('has compound tokens in the shape of MidiTok', async () => {
    const outputDir = runDirectory();
    const streams = [Uint16Array.of(1, 2, 3, 4, 5, 6), new Uint16Array(0)];
    await mergeDataset(
      mergeInput({ total: 1, tokensOf: () => ({ layout: 'tracks', columns: 3, streams }) }, outputDir, {
        formats: ['jsonl', 'msgpack', 'parquet'],
        tokens: { vocabulary: [['A'], ['B'], ['C']], hasManyStreams: true },
      }),
    );
    const expected = [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [],
    ];
    expect(readJsonLines(outputDir, 'processed_data.jsonl')[0]?.midi_tokens).toEqual(expected);
    const packed: JsonRow[] = unpackMultiple(readFileSync(join(outputDir, 'dataset/processed_data.msgpack'))) ?? [];
    expect(packed[0]?.midi_tokens).toEqual(expected);
    const [read] = await readWithDuckdb(join(outputDir, 'dataset/data/*.parquet'), 'SELECT midi_tokens');
    expect(read?.midi_tokens).toEqual(expected);
  });

  it('wraps a single stream where other rows may have several, and refuses several where one is due', async () => {
    const outputDir = runDirectory();
    const stream = Uint16Array.of(7, 8);
    const tokens = { vocabulary: [['A']], hasManyStreams: true };
    const run = { total: 2, tokensOf: () => ({ layout: 'single', columns: 1, streams: [stream] }) as const };
    await mergeDataset(mergeInput(run, outputDir, { formats: ['jsonl'], tokens }));
    expect(readJsonLines(outputDir, 'processed_data.jsonl')[0]?.midi_tokens).toEqual([[7, 8]]);
    const windows = {
      total: 2,
      tokensOf: () => ({ layout: 'windows', columns: 1, streams: [stream, stream] }) as const,
    };
    await expect(mergeDataset(mergeInput(windows, outputDir))).rejects.toMatchObject({ code: 'record_invalid' });
  });

  it('refuses a matrix of embeddings where there are none', async () => {
    const input = mergeInput({ total: 2, dimensions: 0 }, runDirectory(), { formats: ['npy'] });
    await expect(mergeDataset(input)).rejects.toMatchObject({ code: 'format_needs_embeddings' });
  });
});

async function writeAll(): Promise<string> {
  const outputDir = runDirectory();
  await mergeDataset(mergeInput({ total: TOTAL }, outputDir, { formats: OUTPUT_FORMATS, shardSizeBytes: 30_000 }));
  return outputDir;
}

function keyOf(index: number): string {
  return String(index).padStart(8, '0');
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
