/**
 * Opening manifests far larger than memory: time, rate and peak memory of the process that reads them.
 *
 *     npx tsx bench/manifest.ts [MB of JSON lines, default 64] [MB of a JSON array, default 64]
 *
 * Peak memory is of a process of its own per row and includes Node and the TypeScript loader (the row `nothing`).
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { openPlan } from '../src/manifest/open-plan.ts';

const MEGABYTE = 1_000_000;

const [first, second, third] = process.argv.slice(2);
if (first === 'measure') await measure(second ?? '', third ?? '');
else compare(Number(first ?? 64), Number(second ?? 64));

function compare(jsonlMegabytes: number, jsonMegabytes: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    console.log('manifest                         records     s  cpu s    MB/s  peak MB');
    report('nothing', '', 'nothing');
    const lines = join(folder, 'pairs.jsonl');
    write(lines, jsonlMegabytes * MEGABYTE, '', '\n', '');
    report('JSON lines, checked', lines, 'open');
    report('JSON lines, resumed at the end', lines, 'resume');
    report('JSON lines, all batches', lines, 'batches');
    rmSync(lines);
    const array = join(folder, 'pairs.json');
    write(array, jsonMegabytes * MEGABYTE, '[', ',\n', ']');
    report('JSON array, checked', array, 'open');
    report('JSON array, resumed at the end', array, 'resume');
    rmSync(array);
    const table = join(folder, 'pairs.csv');
    write(table, jsonMegabytes * MEGABYTE, 'midi_file,caption,title,bpm\n', '\n', '\n', rowAt);
    report('CSV, checked', table, 'open');
    for (const parser of ['csv-parse', 'papaparse']) report(`CSV, by ${parser} (no plan)`, table, parser);
    rmSync(table);
    const parquet = join(folder, 'pairs.parquet');
    writeParquet(parquet, Math.round((jsonMegabytes * MEGABYTE) / 250));
    report('Parquet, checked', parquet, 'open');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(title: string, manifest: string, what: string): void {
  const self = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, [...process.execArgv, self, 'measure', manifest, what], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`measuring ${title} ended with ${child.status ?? child.signal}`);
  console.log(`${title.padEnd(32)} ${child.stdout.trim()}`);
}

async function measure(manifest: string, what: string): Promise<void> {
  const bytes = what === 'nothing' ? 0 : statSync(manifest).size;
  // The number of records of a resumed run is known from its checkpoint, and the rest from its note; here it is found by an extra, untimed pass.
  const resumes = what === 'resume' || what === 'batches';
  const { total, note } = resumes ? await openPlan({ inputFile: manifest }) : { total: 0, note: undefined };
  const begin = process.hrtime.bigint();
  const cpuBefore = process.cpuUsage();
  let records = 0;
  if (what === 'open') records = (await openPlan({ inputFile: manifest })).total;
  if (what === 'csv-parse' || what === 'papaparse') records = await countByLibrary(manifest, what);
  if (what === 'resume') records = (await openPlan({ inputFile: manifest, marks: [total], note })).total;
  if (what === 'batches') {
    const plan = await openPlan({ inputFile: manifest, marks: [total], note });
    for await (const batch of plan.batches(0, 32)) records += batch.pairs.length;
  }
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const peakMegabytes = (process.resourceUsage().maxRSS * 1024) / MEGABYTE;
  const cpu = process.cpuUsage(cpuBefore);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const columns = [String(records).padStart(8), seconds.toFixed(2).padStart(6), cpuSeconds.toFixed(2).padStart(6)];
  columns.push((bytes / MEGABYTE / seconds).toFixed(0).padStart(6), peakMegabytes.toFixed(0).padStart(8));
  console.log(columns.join(' '));
}

function write(
  path: string,
  sizeBytes: number,
  open: string,
  separator: string,
  close: string,
  at: (index: number) => string = recordAt,
): void {
  const descriptor = openSync(path, 'w');
  try {
    writeAll(descriptor, open);
    let written = 0;
    for (let index = 0; written < sizeBytes; ) {
      let chunk = '';
      for (; chunk.length < MEGABYTE; index++) chunk += (index === 0 ? '' : separator) + at(index);
      writeAll(descriptor, chunk);
      written += chunk.length;
    }
    writeAll(descriptor, close);
  } finally {
    closeSync(descriptor);
  }
}

/** About 250 bytes, as the captions of POP909 have. */
function recordAt(index: number): string {
  const number = String(index).padStart(8, '0');
  return JSON.stringify({
    midi_file: `midi/${number.slice(0, 4)}/${number}.mid`,
    text_description: `Pop ballad ${number}: melody and piano at ${60 + (index % 120)} BPM. The chords move around F#, E, Abm, B.`,
    metadata: {
      song_id: number,
      title: 'A title',
      artist: 'Somebody',
      annotated_bpm: 60 + (index % 120),
      key: 'B:maj',
    },
  });
}

/** What libraries for CSV take for the same rows as objects, streaming; -1 where one is not installed. */
async function countByLibrary(file: string, library: 'csv-parse' | 'papaparse'): Promise<number> {
  const found: unknown = await import(library).catch(() => undefined);
  if (!isLibrary(found)) return -1;
  const { parse, default: main } = found;
  const parser =
    library === 'csv-parse' ? parse?.({ columns: true }) : main?.parse(main.NODE_STREAM_INPUT, { header: true });
  if (parser === undefined) return -1;
  const rows = createReadStream(file).pipe(parser);
  let count = 0;
  for await (const _ of rows) count++;
  return count;
}

interface CsvLibrary {
  readonly parse?: (options: object) => Duplex;
  readonly default?: {
    readonly NODE_STREAM_INPUT: unknown;
    readonly parse: (input: unknown, options: object) => Duplex;
  };
}

function isLibrary(module: unknown): module is CsvLibrary {
  return typeof module === 'object' && module !== null && ('default' in module || 'parse' in module);
}

function writeParquet(path: string, count: number): void {
  const records = Array.from({ length: count }, (_, index) => rowAt(index));
  const columnData = [
    { name: 'midi_file', data: records.map((row) => row.slice(0, row.indexOf(','))) },
    { name: 'caption', data: records.map((row) => row.slice(row.indexOf('"') + 1, row.lastIndexOf('"'))) },
  ];
  writeFileSync(path, Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 100_000 })));
}

function rowAt(index: number): string {
  const number = String(index).padStart(8, '0');
  const caption = `Pop ballad ${number}: melody and piano at ${60 + (index % 120)} BPM. The chords move around F#, E, Abm, B.`;
  return `midi/${number.slice(0, 4)}/${number}.mid,"${caption}",A title,${60 + (index % 120)}`;
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
