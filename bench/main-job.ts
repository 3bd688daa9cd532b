/**
 * The figures of the main job, each as a ratio or beside something of the same run; medians of several runs.
 *
 *     npm run build && npx tsx bench/main-job.ts               (POP909 where it is, else the sample)
 *     npm run build && npx tsx bench/main-job.ts --quick       (small repetitions; the memory figure is then of little worth)
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult, SavesResult } from 'midiloom';
import { reportRow } from './report-row.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pop909 = join(root, '..', 'shared', 'data', 'pairs', 'pop909.jsonl');
const isPop909 = existsSync(pop909);
const manifest = isPop909 ? pop909 : join(root, 'data', 'pairs.jsonl');
const midiRoot = isPop909 ? dirname(dirname(pop909)) : dirname(manifest);
const quick = process.argv.includes('--quick');
const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));

interface Measured {
  readonly result: RunResult;
  readonly wallSeconds: number;
  /** Of the main process with its threads; the encoder process beside it does not grow with the input. */
  readonly peakMiB: number;
}

try {
  await report();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function report(): Promise<void> {
  print(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  const pairs = repeatedManifest(isPop909 ? 909 * (quick ? 3 : 20) : 480);
  print(`${pairs.count} pairs of ${isPop909 ? 'POP909' : 'the sample'}, hashing encoder, Parquet; medians of 3 runs\n`);

  const two = await median(pairs.file, 2);
  const { midi, text } = two.result.stages;
  const savesOf = (figure: (saves: SavesResult) => number): number => figure(midi.saves) + figure(text.saves);
  row('whole job, 2 workers', `${(pairs.count / two.wallSeconds).toFixed(0)} pairs/s`, '');
  // The other stage is done long before: what it waits for makes nobody wait.
  const slower = midi.seconds > text.seconds ? midi : text;
  row(
    'wall time in which the slower stage stood still for a save',
    percent(slower.saves.waitedSeconds / two.wallSeconds),
    'goal: under 3 %',
  );
  row(
    'wall time with a save under way beside the work',
    percent(savesOf(({ seconds }) => seconds) / two.wallSeconds),
    '',
  );
  row(
    'bytes written over bytes of results',
    (savesOf(({ bytesWritten }) => bytesWritten) / (midi.segmentBytes + text.segmentBytes)).toFixed(3),
    'goal: under 1.15',
  );
  const [large, ...smaller] = quick ? [5_000, 1_000] : [100_000, 1_000, 10_000];
  const { peakMiB: most } = await measure(repeatedManifest(large).file, 2, 'many');
  for (const count of smaller) {
    const { peakMiB } = await measure(repeatedManifest(count).file, 2, 'few');
    const name = `peak memory at ${large} pairs over ${count}`;
    const figure = most / peakMiB;
    if (count === 1_000) reportRow({ name, figure, unit: '', goal: { atMost: 1.15 } });
    row(name, figure.toFixed(2), `(${peakMiB.toFixed(0)} and ${most.toFixed(0)} MiB)`);
  }
}

/** The manifest over and over, with another caption each time, so that nothing can be reused. */
function repeatedManifest(count: number): { readonly file: string; readonly count: number } {
  const records = readFileSync(manifest, 'utf8').trim().split('\n');
  const file = join(folder, `pairs-${count}.jsonl`);
  const lines: string[] = [];
  for (let index = 0; index < count; index++) {
    const record: { text_description?: string } = JSON.parse(records[index % records.length] ?? '{}');
    lines.push(JSON.stringify({ ...record, text_description: `${record.text_description ?? ''} Take ${index}.` }));
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return { file, count };
}

async function median(file: string, workers: number): Promise<Measured> {
  const runs: Measured[] = [];
  for (let run = 0; run < 3; run++) runs.push(await measure(file, workers, `run-${run}`));
  runs.sort((a, b) => a.wallSeconds - b.wallSeconds);
  const middle = runs[1];
  if (middle === undefined) throw new Error('no run');
  return middle;
}

async function measure(file: string, workers: number, name: string): Promise<Measured> {
  const outputDir = join(folder, name);
  const args = ['process', '--input_file', file, '--midi_root', midiRoot, '--output_dir', outputDir, '--json'];
  args.push('--progress_interval', '0');
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, 'dist', 'cli', 'main.js'), ...args, '--workers', String(workers), '--text_encoder', 'hashing'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.resume();
  let peakMiB = 0;
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child.pid));
  }, 50);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`midiloom ended with ${String(code)}`);
  const wallSeconds = (performance.now() - startedAt) / 1000;
  rmSync(outputDir, { recursive: true });
  return { result: JSON.parse(stdout), wallSeconds, peakMiB };
}

/** The high-water mark that Linux keeps for a process. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    // The process has just ended.
    return 0;
  }
}

function row(what: string, figure: string, goal: string): void {
  print(`${what.padEnd(58)} ${figure.padStart(14)}  ${goal}`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
