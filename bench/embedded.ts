/**
 * MIDI files in one large row group of a Parquet file: how fast they are known by their content, read again and handed on, and what
 * memory that takes beside the file.
 *
 *     npx tsx bench/embedded.ts [FILES]
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { openPlan } from '../src/manifest/open-plan.ts';

const FILES = Number(process.argv[2] ?? 20_000);
/** About the mean of GigaMIDI. */
const BYTES = 20_000;
const [, , , asked] = process.argv;
if (asked === undefined) await measure();
else writeFile(asked);

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-embedded-'));
  try {
    await measureIn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureIn(folder: string): Promise<void> {
  const inputFile = join(folder, 'midi.parquet');
  // By a process of its own, for whoever writes it holds all of it.
  execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), String(FILES), inputFile]);
  const sizeMb = statSync(inputFile).size / 1e6;
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  const measured = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    const begin = performance.now();
    const result = await work();
    const seconds = (performance.now() - begin) / 1000;
    console.log(`${what.padEnd(44)} ${seconds.toFixed(2)} s, ${Math.round(sizeMb / seconds)} MB/s`);
    return result;
  };
  console.log(`${FILES} files, ${sizeMb.toFixed(0)} MB, one row group`);
  const plan = await measured('planned, each known by its content', () => openPlan({ inputFile }));
  await measured('planned again in the same process', () => openPlan({ inputFile }));
  await measured('handed on, in batches of 32', async () => {
    for await (const _ of plan.batches(0, 32, undefined, true)) await turn();
  });
  clearInterval(watch);
  console.log(`memory above the start: ${((peak - before) / 1e6).toFixed(0)} MB at its peak`);
}

/** Random bytes do not get smaller, so that megabytes are those of the files. */
function writeFile(file: string): void {
  const samples = fileURLToPath(new URL('../data/midi/', import.meta.url));
  const [sample = ''] = readdirSync(samples);
  const head = readFileSync(join(samples, sample));
  const data = Array.from({ length: FILES }, () => Buffer.concat([head, randomBytes(BYTES - head.length)]));
  writeFileSync(
    file,
    Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'music', data, type: 'BYTE_ARRAY' }], rowGroupSize: FILES })),
  );
}
