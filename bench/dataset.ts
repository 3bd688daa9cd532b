/**
 * How fast the data set is written, and in how much memory, beside other ways to write Parquet from Node.
 *
 *     npx tsx bench/dataset.ts [--rows 10000]
 *
 * Every way runs in a process of its own on the same rows: about 2,300 token ids (of POP909 where the shared data is
 * there, else made up with as much repetition) and a vector of 384 floats. `merge` is everything `mergeDataset` does with
 * records of both stages, features, statistics, checksums and fsync; `lists` is its Parquet writer alone, as the others are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { DuckDBDataChunk, DuckDBInstance, FLOAT, INTEGER, LIST, listValue } from '@duckdb/node-api';
import { fileWriter, ParquetWriter as HyparquetWriter, type schemaFromColumnData } from 'hyparquet-writer';
import { mergeDataset } from '../src/dataset/merge-dataset.ts';
import { ParquetWriter } from '../src/dataset/parquet/parquet-writer.ts';
import { mergeInput } from '../test/dataset/synthetic-run.ts';

const IDS_A_ROW = 2_320;
const DIMENSIONS = 384;
/** The records of the stages repeat after so many rows: making them is not what is measured. */
const DIFFERENT_RECORDS = 500;
const ROWS_A_GROUP = 1_000;
/** DuckDB's own vector size. */
const CHUNK_ROWS = 2_048;
const GOAL = { idsPerSecond: 10e6, megabytes: 400 };

interface Outcome {
  readonly rows: number;
  readonly ids: number;
  readonly seconds: number;
  /** Of all threads; more than `seconds` where a way uses several cores. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly fileMb: number;
}

const WAYS: Readonly<Record<string, (rows: number, folder: string) => Promise<string>>> = {
  merge,
  lists,
  'hyparquet-writer lists': hyparquetLists,
  'hyparquet-writer binary': hyparquetBinary,
  'DuckDB appender': duckdb,
};

function compare(rows: number): void {
  console.log(`${rows} rows of ${IDS_A_ROW} ids and ${DIMENSIONS} floats; ids from ${sourceOfIds().name}`);
  const outcomes = Object.keys(WAYS).map((way) => [way, inOwnProcess(way, rows)] as const);
  const reference = outcomes.find(([way]) => way === 'lists')?.[1];
  for (const [way, outcome] of outcomes) {
    const rate = outcome.ids / outcome.seconds;
    const cpuRate = outcome.ids / outcome.cpuSeconds;
    const ratio = reference === undefined ? 0 : reference.ids / reference.cpuSeconds / cpuRate;
    console.log(
      [
        way.padEnd(24),
        `${(rate / 1e6).toFixed(1)} M ids/s`.padStart(16),
        `${(cpuRate / 1e6).toFixed(1)} M ids per CPU second`.padStart(28),
        `peak ${outcome.peakMb.toFixed(0)} MB`.padStart(14),
        `file ${outcome.fileMb.toFixed(1)} MB`.padStart(16),
        way === 'lists' || way === 'merge' ? '' : `  lists is ${ratio.toFixed(1)} times as fast per CPU second`,
      ].join(''),
    );
  }
  const tenfold = inOwnProcess('merge', rows * 5);
  const small = outcomes.find(([way]) => way === 'merge')?.[1];
  console.log(
    `merge of ${rows * 5} rows: peak ${tenfold.peakMb.toFixed(0)} MB, ${(tenfold.peakMb / (small?.peakMb ?? 1)).toFixed(2)} times that of ${rows}`,
  );
  const rate = tenfold.ids / tenfold.cpuSeconds;
  const verdict = rate > GOAL.idsPerSecond && tenfold.peakMb < GOAL.megabytes ? 'met' : 'missed';
  console.log(
    `goal of ${GOAL.idsPerSecond / 1e6} M ids per second and core under ${GOAL.megabytes} MB: ${verdict} (${(rate / 1e6).toFixed(1)} M, ${tenfold.peakMb.toFixed(0)} MB, statistics, checksums and fsync included)`,
  );
  if (!existsSync(fileURLToPath(new URL('../node_modules/parquet-wasm', import.meta.url)))) {
    console.log('skipped: parquet-wasm, because it is not a dependency');
  }
}

function inOwnProcess(way: string, rows: number): Outcome {
  const script = fileURLToPath(import.meta.url);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', script, '--way', way, '--rows', String(rows)],
    { maxBuffer: 1 << 20 },
  );
  if (status !== 0) throw new Error(`${way} failed: ${stderr.toString()}`);
  const outcome: Outcome = JSON.parse(stdout.toString());
  return outcome;
}

async function measure(way: string, rows: number): Promise<Outcome> {
  const run = WAYS[way];
  if (run === undefined) throw new Error(`no way ${way}; there are ${Object.keys(WAYS).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const file = await run(rows, folder);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return {
      rows,
      ids: Array.from({ length: rows }, (_, row) => idsOf(row).length).reduce((sum, length) => sum + length, 0),
      seconds,
      cpuSeconds: (user + system) / 1e6,
      peakMb: process.resourceUsage().maxRSS / 1024,
      fileMb: statSync(file).size / 1e6,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function merge(rows: number, folder: string): Promise<string> {
  const input = mergeInput(
    {
      total: rows,
      dimensions: DIMENSIONS,
      tokensOf: (row) => ({ layout: 'single', columns: 1, streams: [idsOf(row)] }),
      repeatsAfter: DIFFERENT_RECORDS,
    },
    folder,
    { shardSizeBytes: 1e12 },
  );
  await mergeDataset(input);
  return join(folder, 'dataset/data/train-00000-of-00001.parquet');
}

async function lists(rows: number, folder: string): Promise<string> {
  const path = join(folder, 'lists.parquet');
  const file = await open(path, 'w');
  const writer = new ParquetWriter(
    [
      { name: 'index', type: { kind: 'int64' } },
      { name: 'midi_tokens', type: { kind: 'list', element: { kind: 'id' } } },
      { name: 'embedding', type: { kind: 'list', element: { kind: 'float' } } },
    ],
    async (bytes) => void (await file.writeFile(bytes)),
    'bench',
  );
  await writer.start();
  for (let row = 0; row < rows; row++) {
    writer.addRow([row, idsOf(row), vectorOf(row)]);
    if (writer.pendingRows === ROWS_A_GROUP) await writer.endRowGroup();
  }
  await writer.finish();
  await file.close();
  return path;
}

async function hyparquetLists(rows: number, folder: string): Promise<string> {
  return hyparquet(
    rows,
    folder,
    (numbers) => Array.from(numbers),
    (name, type) => [
      { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'OPTIONAL', type },
    ],
  );
}

async function hyparquetBinary(rows: number, folder: string): Promise<string> {
  const bytesOf = (numbers: Uint16Array | Float32Array) =>
    new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return hyparquet(rows, folder, bytesOf, (name) => [{ name, repetition_type: 'REQUIRED', type: 'BYTE_ARRAY' }]);
}

type Schema = ReturnType<typeof schemaFromColumnData>;

async function hyparquet(
  rows: number,
  folder: string,
  cellOf: (numbers: Uint16Array | Float32Array) => unknown,
  elementsOf: (name: string, type: 'INT32' | 'FLOAT') => Schema,
): Promise<string> {
  const path = join(folder, 'hyparquet.parquet');
  const schema: Schema = [
    { name: 'root', num_children: 3 },
    { name: 'index', repetition_type: 'REQUIRED', type: 'INT32' },
    ...elementsOf('midi_tokens', 'INT32'),
    ...elementsOf('embedding', 'FLOAT'),
  ];
  const writer = new HyparquetWriter({ writer: fileWriter(path), schema });
  for (let first = 0; first < rows; first += ROWS_A_GROUP) {
    const group = Array.from({ length: Math.min(ROWS_A_GROUP, rows - first) }, (_, at) => first + at);
    await writer.write({
      columnData: [
        { name: 'index', data: group },
        { name: 'midi_tokens', data: group.map((row) => cellOf(idsOf(row))) },
        { name: 'embedding', data: group.map((row) => cellOf(vectorOf(row))) },
      ],
      rowGroupSize: ROWS_A_GROUP,
    });
  }
  await writer.finish();
  return path;
}

async function duckdb(rows: number, folder: string): Promise<string> {
  const path = join(folder, 'duckdb.parquet');
  const instance = await DuckDBInstance.create(join(folder, 'bench.duckdb'), { threads: '2' });
  const connection = await instance.connect();
  await connection.run('CREATE TABLE rows (index INTEGER, midi_tokens INTEGER[], embedding FLOAT[])');
  const appender = await connection.createAppender('rows');
  for (let first = 0; first < rows; first += CHUNK_ROWS) {
    const chunkRows = Array.from({ length: Math.min(CHUNK_ROWS, rows - first) }, (_, at) => first + at);
    const chunk = DuckDBDataChunk.create([INTEGER, LIST(INTEGER), LIST(FLOAT)], chunkRows.length);
    chunk.setColumns([
      chunkRows,
      chunkRows.map((row) => listValue([...idsOf(row)])),
      chunkRows.map((row) => listValue([...vectorOf(row)])),
    ]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  await connection.run(`COPY rows TO '${path}' (FORMAT parquet, COMPRESSION snappy)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

const stream = sourceOfIds().ids;
const floats = randomFloats(1 << 20);

/** A piece of the stream, another one for each row. */
function idsOf(row: number): Uint16Array {
  const length = Math.round(IDS_A_ROW * (0.5 + ((row * 0.618_034) % 1)));
  const start = (row * 7_919) % (stream.length - length);
  return stream.subarray(start, start + length);
}

function vectorOf(row: number): Float32Array {
  const start = (row * 7_919) % (floats.length - DIMENSIONS);
  return floats.subarray(start, start + DIMENSIONS);
}

function randomFloats(length: number): Float32Array {
  const random = randomNumbers(1);
  return Float32Array.from({ length }, () => random() - 0.5);
}

/** One long stream of token ids that pieces are cut from. */
function sourceOfIds(): { readonly name: string; readonly ids: Uint16Array } {
  const golden = fileURLToPath(new URL('../../shared/golden/tsd_ts_tempo_programs.jsonl.gz', import.meta.url));
  if (!existsSync(golden)) return { name: 'a generator (no shared data)', ids: generatedIds() };
  const lines = gunzipSync(readFileSync(golden)).toString().split('\n').slice(0, 200);
  const ids = lines.flatMap((line): number[] =>
    line === '' ? [] : (JSON.parse(line).seqs ?? []).flatMap((sequence: { ids: number[] }) => sequence.ids),
  );
  return { name: 'TSD tokens of POP909', ids: Uint16Array.from(ids) };
}

/** Four ids a note and bars that come back, as music does. */
function generatedIds(): Uint16Array {
  const random = randomNumbers(2);
  const bars = Array.from({ length: 400 }, () => {
    const note = (): readonly number[] => [350, 10 + random() * 60, 110 + random() * 20, 128 + random() * 16];
    return Array.from({ length: 16 }, note).flat();
  });
  const chosen = Array.from({ length: 6_000 }, () => bars[Math.floor(random() ** 2 * bars.length)] ?? []);
  return Uint16Array.from(chosen.flat());
}

/** A linear congruential generator: the same numbers in every process. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000' }, way: { type: 'string' } } });
const rowsWanted = Number(values.rows);
if (values.way === undefined) compare(rowsWanted);
else console.log(JSON.stringify(await measure(values.way, rowsWanted)));
