/**
 * What packing the records of segments gives and costs: bytes, writing (packing, writing, fsync), reading (checksum, unpacking), whole runs,
 * their merge, and a call that finds all done.
 *
 *     npm run build && npx tsx bench/pack-segments.ts [--input PAIRS.jsonl | --pairs 2000] [--folder DIR] [--dim 384]
 *
 * Without `--input` it is the sample's files over and over under other captions, which pack better than files do of which each is another.
 * Vectors of `--dim` numbers by the hashing encoder. Times are medians of turns.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { processPairs } from 'midiloom';
import { type Packing, storeRecords, writesZstd } from '../src/checkpoint/pack-records.ts';
import { frameRecord } from '../src/checkpoint/record-frame.ts';
import { readSegment, writeSegment } from '../src/checkpoint/segment.ts';

const SAMPLE = fileURLToPath(new URL('../data/pairs.jsonl', import.meta.url));
const REPEATS = 3;
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '2000' },
    folder: { type: 'string', default: tmpdir() },
    dim: { type: 'string', default: '384' },
    input: { type: 'string' },
  },
});
const pairs = Number(values.pairs);
const folder = mkdtempSync(join(values.folder, 'midiloom-packing-'));
const ways: readonly { readonly name: string; readonly packing: Packing | undefined }[] = [
  { name: 'none', packing: undefined },
  { name: 'zlib:1', packing: { name: 'zlib', level: 1 } },
  { name: 'zlib:6', packing: { name: 'zlib', level: 6 } },
  ...(writesZstd() ? [{ name: 'zstd:1', packing: { name: 'zstd', level: 1 } } as const] : []),
];

try {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  if (!writesZstd()) console.log('zstd is left out: this Node.js does not write it');
  const manifest = values.input ?? newManifest();
  const plain = await runWith('none', manifest);
  for (const stage of ['midi', 'text']) await compareSegments(stage, join(plain.directory, `${stage}_checkpoint.d`));
  await compareRuns(manifest);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compareSegments(stage: string, directory: string): Promise<void> {
  const files = readdirSync(directory).map((name) => join(directory, name));
  console.log(`\n${files.length} segments of ${stage}\n\n| packing | MB | write ms | read ms |\n|---|---|---|---|`);
  const segments = [];
  for (const file of files) {
    const { header, records } = await readSegment(file);
    segments.push({ header, frames: records.map(({ index, bytes }) => frameRecord(index, bytes)) });
  }
  const target = join(folder, 'segment');
  for (const { name, packing } of ways) {
    const [writes, reads]: [number[], number[]] = [[], []];
    let sizeBytes = 0;
    for (let turn = 0; turn < REPEATS; turn++) {
      sizeBytes = 0;
      for (const { header, frames } of segments) {
        const begun = performance.now();
        const stored = await storeRecords([Buffer.concat(frames)], packing);
        const { packed, ...rest } = header;
        const own = { ...rest, recordsBytes: stored.sizeBytes, recordsSha256: stored.sha256 };
        const made = stored.packed === undefined ? own : { ...own, packed: stored.packed };
        sizeBytes += (await writeSegment(target, made, stored.chunks)).sizeBytes;
        const written = performance.now();
        await readSegment(target);
        writes.push(written - begun);
        reads.push(performance.now() - written);
      }
    }
    console.log(`| ${name} | ${megabytes(sizeBytes)} | ${median(writes).toFixed(1)} | ${median(reads).toFixed(1)} |`);
  }
}

async function compareRuns(manifest: string): Promise<void> {
  console.log(`\nwhole runs\n\n| packing | run s | segments MB | merge s | all done s |\n|---|---|---|---|---|`);
  const turns = ways.map(({ name }) => ({
    name,
    run: [0].slice(1),
    merge: [0].slice(1),
    again: [0].slice(1),
    sizeBytes: 0,
  }));
  for (let turn = 0; turn < REPEATS; turn++) {
    for (const way of turns) {
      const { directory, seconds } = await runWith(way.name, manifest);
      way.run.push(seconds);
      way.merge.push(await timed(() => processPairs({ outputDir: directory, mode: 'merge' })));
      way.again.push(await timed(() => processPairs({ outputDir: directory })));
      way.sizeBytes = sizeOf(join(directory, 'midi_checkpoint.d')) + sizeOf(join(directory, 'text_checkpoint.d'));
      rmSync(directory, { recursive: true });
    }
  }
  for (const { name, run, merge, again, sizeBytes } of turns) {
    const seconds = [median(run), median(merge), median(again)].map((each) => each.toFixed(2));
    console.log(`| ${name} | ${seconds[0]} | ${megabytes(sizeBytes)} | ${seconds[1]} | ${seconds[2]} |`);
  }
}

async function runWith(name: string, inputFile: string): Promise<{ directory: string; seconds: number }> {
  const directory = mkdtempSync(join(folder, 'run-'));
  const seconds = await timed(() =>
    processPairs({
      inputFile,
      outputDir: directory,
      ...(values.input === undefined ? { midiRoot: dirname(SAMPLE) } : { allowOutside: true }),
      textEncoder: 'hashing',
      textDim: Number(values.dim),
      workers: 2,
      compressSegments: name,
    }),
  );
  return { directory, seconds };
}

function newManifest(): string {
  const records = readFileSync(SAMPLE, 'utf8').trim().split('\n');
  const lines = Array.from({ length: pairs }, (_, at) => {
    const record: Record<string, unknown> = JSON.parse(records[at % records.length] ?? '{}');
    return JSON.stringify({ ...record, text_description: `${record.text_description ?? 'a piece'} Take ${at}.` });
  });
  const file = join(folder, 'pairs.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

function sizeOf(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
