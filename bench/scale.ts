/**
 * What a run over very many pairs costs beside one over few: the sample's files over and over under other captions.
 *
 *     npm run build && npx tsx bench/scale.ts --pairs 1000000       (about 20 GB of disk; the default is 50,000 pairs)
 *
 * Every figure is of the command line. Times per pair at the end and at the beginning are of the same pairs in the same
 * way: as many pairs in an empty run directory, and appended to the manifest of the finished long run; medians of three.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RunResult } from 'midiloom';

const root = fileURLToPath(new URL('..', import.meta.url));
const SAMPLE = join(root, 'data', 'pairs.jsonl');
const FEW = 10_000;
const REPEATS = 3;
const LINES_AT_ONCE = 10_000;
const GOAL = { writtenOverResults: 1.15, firstBatchSeconds: 2, checkpointKb: 64, memoryRatio: 1.2, timeRatio: 1.05 };

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '50000' }, folder: { type: 'string', default: tmpdir() } },
});
const total = Number(values.pairs);
/** Of the short runs whose times per pair are compared. */
const piece = Math.min(FEW, Math.max(5_000, Math.round(total / 20)));
const records = readFileSync(SAMPLE, 'utf8').trim().split('\n');

interface Measured {
  /** `undefined` for a run that was ended when its stages were done. */
  readonly result: RunResult | undefined;
  readonly stages: StageTimes;
  /** Of the main process with its threads. */
  readonly peakMiB: number;
  /** What the main process made the system write. */
  readonly bytesToDisk: number;
}

interface StageTimes {
  /** From the start of the process to the first save. */
  readonly firstSaveSeconds: number;
  /** From the first save of the slower stage to its last, for each pair. */
  readonly secondsPerPair: number;
  /** CPU time of the process, less that of its start, for each pair. */
  readonly cpuSecondsPerPair: number;
}

const folder = mkdtempSync(join(values.folder, 'midiloom-scale-'));
try {
  await compare();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(): Promise<void> {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  console.log(`${total} pairs of the sample, hashing encoder, Parquet, 2 workers\n`);
  const few = await measure(newManifest('few', FEW), 'few');
  rmSync(join(folder, 'few'), { recursive: true });
  const beginnings: StageTimes[] = [];
  const pieceManifest = newManifest('piece', piece);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    beginnings.push((await measure(pieceManifest, 'piece', { endAfter: 'stages' })).stages);
    rmSync(join(folder, 'piece'), { recursive: true });
  }
  const manifest = newManifest('many', total);
  const many = await measure(manifest, 'many');
  reportLongRun(many, few);

  // One batch is a checkpoint here, so that the first save is the first new batch. Ended by it, the run is continued as it was.
  append(manifest, total, piece);
  for (const what of ['behind which pairs were added', 'as it was']) {
    const resumed: StageTimes[] = [];
    for (let repeat = 0; repeat < (what === 'as it was' ? REPEATS : 1); repeat++) {
      const how = { endAfter: 'first save', more: ['--checkpoint_interval', '1'] } as const;
      resumed.push((await measure(manifest, 'many', how)).stages);
    }
    const seconds = median(resumed, 'firstSaveSeconds');
    const name = `first new batch at ${total} done, manifest ${what}`;
    row(name, `${seconds.toFixed(2)} s`, seconds < GOAL.firstBatchSeconds, `under ${GOAL.firstBatchSeconds} s`);
  }
  const ends: StageTimes[] = [];
  for (let repeat = 1; repeat <= REPEATS; repeat++) {
    append(manifest, total + repeat * piece, piece);
    ends.push((await measure(manifest, 'many', { endAfter: 'stages' })).stages);
  }
  const cpuRatio = median(ends, 'cpuSecondsPerPair') / median(beginnings, 'cpuSecondsPerPair');
  const ratio = median(ends, 'secondsPerPair') / median(beginnings, 'secondsPerPair');
  row(
    'time per pair at the end over the beginning',
    ratio.toFixed(3),
    ratio < GOAL.timeRatio,
    `under ${GOAL.timeRatio}`,
  );
  row('the same in CPU time', cpuRatio.toFixed(3), cpuRatio < GOAL.timeRatio, `under ${GOAL.timeRatio}`);
}

function reportLongRun(many: Measured, few: Measured): void {
  const outputDir = join(folder, 'many');
  const { result } = many;
  if (result === undefined) throw new Error('the long run was not finished');
  const { midi, text } = result.stages;
  const written = midi.saves.bytesWritten + text.saves.bytesWritten;
  const segmentBytes = midi.segmentBytes + text.segmentBytes;
  const datasetBytes = sizeOf(join(outputDir, 'dataset'));
  const saves = written / segmentBytes;
  row(
    'bytes of saves over bytes of results',
    saves.toFixed(3),
    saves < GOAL.writtenOverResults,
    `under ${GOAL.writtenOverResults}`,
  );
  const disk = many.bytesToDisk / (segmentBytes + datasetBytes);
  row(
    'bytes written to disk over segments and data set',
    disk.toFixed(3),
    disk < GOAL.writtenOverResults,
    `under ${GOAL.writtenOverResults}; ${gigabytes(segmentBytes)} and ${gigabytes(datasetBytes)}`,
  );
  const checkpoints = ['midi', 'text'].map((stage) => statSync(join(outputDir, `${stage}_checkpoint.json`)).size);
  const kb = Math.max(...checkpoints) / 1024;
  row(
    'size of the larger checkpoint file',
    `${kb.toFixed(1)} KB`,
    kb < GOAL.checkpointKb,
    `under ${GOAL.checkpointKb} KB`,
  );
  const memory = many.peakMiB / few.peakMiB;
  row(
    `peak memory over that at ${FEW} pairs`,
    memory.toFixed(2),
    memory < GOAL.memoryRatio,
    `under ${GOAL.memoryRatio}; ${few.peakMiB.toFixed(0)} and ${many.peakMiB.toFixed(0)} MiB`,
  );
  row('whole run', `${(total / result.seconds).toFixed(0)} pairs/s`, undefined, `${result.seconds.toFixed(0)} s`);
}

function newManifest(name: string, count: number): string {
  const file = join(folder, `${name}.jsonl`);
  append(file, 0, count);
  return file;
}

/** Pairs `first` to `first + count - 1`: every caption is another one. */
function append(file: string, first: number, count: number): void {
  const parsed = records.map((record): { text_description?: string } => JSON.parse(record));
  const handle = openSync(file, 'a');
  for (let start = 0; start < count; start += LINES_AT_ONCE) {
    const length = Math.min(LINES_AT_ONCE, count - start);
    const lines = Array.from({ length }, (_, at) => {
      const index = first + start + at;
      const record = parsed[index % parsed.length];
      return `${JSON.stringify({ ...record, text_description: `${record?.text_description ?? ''} Take ${index}.` })}\n`;
    });
    appendFileSync(handle, lines.join(''));
  }
  closeSync(handle);
}

interface MeasureOptions {
  readonly more?: readonly string[];
  /** Kills the run then; where both stages are saved, the merge of a million rows, after each piece, would say nothing. */
  readonly endAfter?: 'first save' | 'stages';
}

async function measure(file: string, name: string, { more = [], endAfter }: MeasureOptions = {}): Promise<Measured> {
  const outputDir = join(folder, name);
  const startedAt = performance.now();
  const args = [
    'process',
    '--input_file',
    file,
    '--midi_root',
    join(root, 'data'),
    '--output_dir',
    outputDir,
    '--json',
    '--progress_interval',
    '0',
  ];
  const child = spawn(
    process.execPath,
    [join(root, 'dist', 'cli', 'main.js'), ...args, '--workers', '2', '--text_encoder', 'hashing', ...more],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const saves = watchSaves(child, startedAt, endAfter);
  let peakMiB = 0;
  let bytesToDisk = 0;
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, figureOf(child, 'status', /VmHWM:\s+(\d+) kB/) / 1024);
    bytesToDisk = Math.max(bytesToDisk, figureOf(child, 'io', /^write_bytes: (\d+)/m));
  }, 50);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (code !== 0 && endAfter === undefined) throw new Error(`midiloom ended with ${String(code)}: ${saves.text()}`);
  const result: RunResult | undefined = endAfter !== undefined ? undefined : JSON.parse(stdout);
  return { result, stages: saves.figures(), peakMiB, bytesToDisk };
}

interface Save {
  readonly atSeconds: number;
  readonly cpuSeconds: number;
  readonly pairs: number;
}

/** Notes when a run says that it has saved, and how much CPU time it had used by then. */
function watchSaves(child: ChildProcess, startedAt: number, endAfter: MeasureOptions['endAfter']) {
  const saves: Record<string, Save[]> = { midi: [], text: [] };
  const finished = new Set<string>();
  let last = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    last = chunk;
    for (const [, stage = '', count = '', all] of chunk.matchAll(/^(midi|text): ([\d,]+)\/([\d,]+) saved/gm)) {
      const pairs = Number(count.replaceAll(',', ''));
      const atSeconds = (performance.now() - startedAt) / 1000;
      saves[stage]?.push({ atSeconds, cpuSeconds: cpuSecondsOf(child), pairs });
      if (count === all) finished.add(stage);
      if (endAfter === 'first save' || (endAfter === 'stages' && finished.size === 2)) child.kill('SIGKILL');
    }
  });
  return {
    text: () => last,
    figures: () => {
      const firsts = Object.values(saves).flatMap(([first]) => (first === undefined ? [] : [first]));
      const lasts = Object.values(saves).flatMap((stage) => stage.slice(-1));
      const first = firsts.reduce((a, b) => (b.atSeconds < a.atSeconds ? b : a));
      const end = lasts.reduce((a, b) => (b.atSeconds > a.atSeconds ? b : a));
      const pairs = Math.max(1, end.pairs - first.pairs);
      return {
        firstSaveSeconds: first.atSeconds,
        secondsPerPair: (end.atSeconds - first.atSeconds) / pairs,
        cpuSecondsPerPair: (end.cpuSeconds - first.cpuSeconds) / pairs,
      };
    },
  };
}

/** User and system time of a process and its threads so far: fields 14 and 15 of its `stat`, in ticks of 10 ms. */
function cpuSecondsOf(child: ChildProcess): number {
  const user = figureOf(child, 'stat', /\) (?:\S+ ){11}(\d+)/);
  return (user + figureOf(child, 'stat', /\) (?:\S+ ){12}(\d+)/)) / 100;
}

function figureOf({ pid }: ChildProcess, file: string, pattern: RegExp): number {
  try {
    return Number(pattern.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // the process has just ended
  }
}

function median(runs: readonly StageTimes[], key: keyof StageTimes): number {
  const sorted = runs.map((run) => run[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function sizeOf(directory: string): number {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(directory, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}

function row(what: string, figure: string, isMet: boolean | undefined, detail: string): void {
  const verdict = isMet === undefined ? '' : isMet ? 'met: ' : 'missed: ';
  console.log(`${what.padEnd(50)} ${figure.padStart(14)}  ${verdict}${detail}`);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
