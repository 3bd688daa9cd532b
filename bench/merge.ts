/**
 * How fast records become a data set, and its Parquet beside DuckDB's: `npm run build && npx tsx bench/merge.ts [rounds] [repeats]`. The
 * records are those of a run over POP909, once to begin with and then `repeats` times as pieces of their own; statistics, claims,
 * checksums and fsync are included. DuckDB (of Python, one thread) writes the same rows from a table in memory, the writer
 * here from cells in memory; CPU times of all threads.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageRecord } from '../src/checkpoint/stage-reader.ts';
import type { Cell } from '../src/dataset/cell.ts';
import { mergeDataset } from '../src/dataset/merge-dataset.ts';
import { ParquetWriter } from '../src/dataset/parquet/parquet-writer.ts';
import { rowColumns } from '../src/dataset/row-columns.ts';
import type { Pair } from '../src/manifest/pair.ts';
import { openRunRecords, type RunRecords } from '../src/operations/open-run-records.ts';
import { datasetShape } from '../src/pipeline/outputs/dataset-shape.ts';
import { tokenizerOfStage } from '../src/run-directory/tokenizer-of-stage.ts';
import { NOTE_HASH_AT } from '../src/similarity/piece-bytes.ts';
import { createTokenizer, type Tokenizer } from '../src/tokens/create-tokenizer.ts';
import { readSketch } from '../src/worker/midi-record.ts';
import { reportRow } from './report-row.ts';
import { median } from './take-turns.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, '..', 'shared', 'data', 'pairs', 'pop909.jsonl');
const [rounds, repeats] = [Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 4)];
/** Of the records of the MIDI stage alone the first field has a name of six letters, `sketch`. */
const MIDI_KEY = 0xa6;
const PYTHON = process.env.MIDILOOM_PEERS_PYTHON ?? '.venv/bin/python';

if (!existsSync(manifest)) {
  console.log(`skipped: ${manifest} is not there`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<void> {
  const outputDir = join(folder, 'run');
  const args = ['--input_file', manifest, '--midi_root', dirname(dirname(manifest)), '--output_dir', outputDir];
  const main = join(root, 'dist', 'cli', 'main.js');
  const made = spawnSync(process.execPath, [main, 'process', ...args, '--text_encoder', 'hashing'], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(made.stderr);
  const records = await openRunRecords(outputDir, {}, { readsMidi: false, signal: undefined });
  const tokenizer = createTokenizer(tokenizerOfStage(records.stages.midi.checkpoint, outputDir));

  const cold = await merge(records, tokenizer, { times: 1, outputDir: join(folder, 'once') });
  const warm = await merge(records, tokenizer, { times: repeats, outputDir: join(folder, 'repeated') });
  for (const [what, { rows, ids, cpuSeconds }] of Object.entries({ cold, warm })) {
    console.log(
      `merge, ${what}: ${rows} rows, ${(ids / rows).toFixed(0)} ids each, ${cpuSeconds.toFixed(2)} s of CPU time`,
    );
  }
  reportRow({
    name: `merge of ${warm.rows} pairs, ids a CPU second`,
    figure: warm.ids / warm.cpuSeconds / 1e6,
    unit: 'M',
    goal: { atLeast: 25 },
  });

  const cells: (readonly Cell[])[] = [];
  await merge(records, tokenizer, { times: 1, outputDir: join(folder, 'cells'), onCells: (row) => cells.push(row) });
  const file = join(folder, 'once', 'dataset', 'data', 'train-00000-of-00001.parquet');
  const rates: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < rounds; round++) {
    rates.push(await parquetRate(records, tokenizer, cells, join(folder, 'own.parquet')));
    const peer = duckdbRate(file, folder);
    if (peer === undefined) break;
    peers.push(peer.rate);
    if (round === 0) console.log(`Parquet: ${mb(statSync(file).size)} MB, of DuckDB ${mb(peer.sizeBytes)} MB`);
  }
  console.log(`Parquet: ${median(rates).toFixed(0)} rows a CPU second, of DuckDB ${median(peers).toFixed(0)}`);
  if (peers.length === 0) console.log(`skipped: ${PYTHON} has no duckdb`);
  else {
    const figure = median(peers.map((peer, at) => (rates[at] ?? 0) / peer));
    reportRow({ name: "Parquet, of DuckDB's rate with the same rows", figure, unit: '', goal: { atLeast: 0.7 } });
  }
}

interface Merging {
  readonly times: number;
  readonly outputDir: string;
  readonly onCells?: (cells: readonly Cell[]) => void;
}

interface Merged {
  readonly rows: number;
  readonly ids: number;
  readonly cpuSeconds: number;
}

async function merge({ sources, config, plan }: RunRecords, tokenizer: Tokenizer, told: Merging): Promise<Merged> {
  const { times, outputDir, onCells } = told;
  const pairs = await all(sources.pairs());
  const midi = await copied(sources.midiRecords());
  const text = await copied(sources.textRecords());
  mkdirSync(outputDir, { recursive: true });
  let ids = 0;
  const collect = { add: async ({ cells }: { cells: readonly Cell[] }) => onCells?.(cells), finish: async () => [] };
  const start = process.cpuUsage();
  const { rows } = await mergeDataset({
    ...sources,
    pairs: () =>
      repeatedPairs(
        pairs.flatMap((batch) => batch.pairs),
        times,
      ),
    midiRecords: () => repeatedRecords(midi, times),
    textRecords: () => repeatedRecords(text, times),
    total: sources.total * times,
    firstOfRecord: undefined,
    outputDir,
    ...datasetShape(config, plan, tokenizer),
    writers: onCells === undefined ? [] : [() => collect],
    tokenizerJson: tokenizer.toJson(),
    vocabularyJson: '{}\n',
    recipe: {},
    partial: false,
    onRow: (row) => {
      for (const stream of row.midi.tokens.streams) ids += stream.length;
    },
  });
  const { user, system } = process.cpuUsage(start);
  return { rows, ids, cpuSeconds: (user + system) / 1e6 };
}

/** The writer alone, of cells that are there. */
async function parquetRate(
  { config, plan }: RunRecords,
  tokenizer: Tokenizer,
  rows: readonly (readonly Cell[])[],
  path: string,
): Promise<number> {
  const columns = rowColumns(datasetShape(config, plan, tokenizer).tokens);
  const start = process.cpuUsage();
  const file = await open(path, 'w');
  const writer = new ParquetWriter(columns, async (bytes) => void (await file.write(bytes)), 'bench');
  await writer.start();
  for (const cells of rows) writer.addRow(cells);
  await writer.finish();
  await file.close();
  const { user, system } = process.cpuUsage(start);
  return rows.length / ((user + system) / 1e6);
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function duckdbRate(file: string, folder: string): { readonly rate: number; readonly sizeBytes: number } | undefined {
  const input = `${JSON.stringify({ file, folder, rounds: 3 })}\n`;
  const { stdout, status } = spawnSync(PYTHON, ['bench/duckdb-rate.py'], { input, encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function copied(records: AsyncIterable<StageRecord>): Promise<readonly StageRecord[]> {
  const found: StageRecord[] = [];
  for await (const record of records)
    found.push(record.ok ? { ...record, bytes: Uint8Array.from(record.bytes) } : record);
  return found;
}

async function* repeatedPairs(
  pairs: readonly Pair[],
  times: number,
): AsyncGenerator<{ readonly pairs: readonly Pair[] }> {
  for (let time = 0; time < times; time++) {
    yield { pairs: pairs.map((pair) => ({ ...pair, index: pair.index + time * pairs.length })) };
  }
}

/** Each time with notes of its own as far as the search for copies looks. */
async function* repeatedRecords(records: readonly StageRecord[], times: number): AsyncGenerator<StageRecord> {
  for (let time = 0; time < times; time++) {
    for (const record of records) {
      if (record.ok && time > 0 && record.bytes[1] === MIDI_KEY) tellApart(readSketch(record.bytes));
      yield { ...record, index: record.index + time * records.length };
    }
  }
}

function tellApart(sketch: Uint8Array): void {
  for (let at = 0; at < NOTE_HASH_AT + 4; at++) sketch[at] = (sketch[at] ?? 0) * 5 + at;
}
