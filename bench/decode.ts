/**
 * Speed of the MIDI decoder against @tonejs/midi and midi-file on POP909, what each allocates, and hostile files.
 * Run: `npx tsx bench/decode.ts`. Libraries take turns and medians are taken; times are CPU times of the process, garbage
 * collection included, so that a busy machine disturbs them less. Only the ratios carry over to other machines.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseMidi } from 'midi-file';
import { decodeMidi } from '../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../src/midi/limits.ts';
import { hostileFiles } from '../test/midi/hostile-files.ts';

const { Midi } = createRequire(import.meta.url)('@tonejs/midi') as typeof import('@tonejs/midi');
const pop909 = fileURLToPath(new URL('../../shared/data/midi/pop909/', import.meta.url));
const ROUNDS = 7;
/** @tonejs/midi takes seconds for all 909 files, so libraries are compared on every eighth. */
const SAMPLE_STEP = 8;

interface Library {
  /** Passes over the sample that are timed, after as many to warm up. */
  readonly passes: number;
  readonly decode: (bytes: Uint8Array) => unknown;
}

const midiloom: Library = { passes: 60, decode: (bytes) => decodeMidi(bytes) };
const others: Readonly<Record<string, Library>> = {
  'midi-file': { passes: 30, decode: (bytes) => parseMidi(bytes) },
  '@tonejs/midi': { passes: 2, decode: (bytes) => new Midi(bytes) },
};

const [task, name = '', detail] = process.argv.slice(2);
if (task === undefined) benchAll();
else if (task === 'rate') console.log(filesPerSecond(others[name] ?? midiloom));
else if (task === 'allocated') console.log(allocatedBytes(others[name] ?? midiloom));
else if (task === 'hostile') console.log(JSON.stringify(decodeHostile(name, detail === 'wide')));

function benchAll(): void {
  const files = readFiles();
  console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; ${files.length} files of POP909`);
  benchRate(files);
  for (const other of Object.keys(others)) benchRatio(other);
  benchAllocation();
  for (const file of Object.keys(hostileFiles)) benchHostile(file, 'default');
  benchHostile('16 MB of running status, notes', 'wide');
}

function benchRate(files: readonly Uint8Array[]): void {
  const size = files.reduce((sum, file) => sum + file.length, 0);
  const times = Array.from({ length: ROUNDS + 2 }, () =>
    secondsOf(() => {
      for (const file of files) decodeMidi(file);
    }),
  );
  const seconds = median(times.slice(2));
  console.log(`midiloom: ${(size / seconds / 1e6).toFixed(0)} MB/s, ${(files.length / seconds).toFixed(0)} files/s`);
}

/** The two take turns, each in a process of its own: what one leaves on the heap would be collected on the other's time. */
function benchRatio(name: string): void {
  const rounds = Array.from({ length: ROUNDS }, () => ({
    own: Number(runChild(['rate', 'midiloom'])),
    other: Number(runChild(['rate', name])),
  }));
  const own = median(rounds.map((round) => round.own)).toFixed(0);
  const other = median(rounds.map((round) => round.other)).toFixed(0);
  const ratio = median(rounds.map((round) => round.own / round.other)).toFixed(1);
  console.log(`${name}: ${other} files/s, midiloom: ${own} files/s, ${ratio} times as fast`);
}

function filesPerSecond({ passes, decode }: Library): number {
  const sample = readFiles().filter((_, index) => index % SAMPLE_STEP === 0);
  const run = () => {
    for (let pass = 0; pass < passes; pass++) for (const file of sample) decode(file);
  };
  run();
  return (passes * sample.length) / secondsOf(run);
}

/** Bytes of JavaScript heap and array buffers per file, in steady state and without any collection in between. */
function allocatedBytes({ decode }: Library): number {
  const files = readFiles();
  for (let pass = 0; pass < 3; pass++) for (const file of files) decode(file);
  const batches = Array.from({ length: 9 }, (_, batch) => files.slice(batch * 100, (batch + 1) * 100));
  const perFile = batches.map((batch) => {
    const before = process.memoryUsage();
    for (const file of batch) decode(file);
    const after = process.memoryUsage();
    return (after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers) / batch.length;
  });
  return median(perFile.filter((bytes) => bytes > 0));
}

function benchAllocation(): void {
  const own = Number(runChild(['allocated', 'midiloom']));
  const other = Number(runChild(['allocated', 'midi-file']));
  console.log(
    `allocated per file: midiloom ${(own / 1e3).toFixed(1)} kB, midi-file ${(other / 1e3).toFixed(1)} kB, ` +
      `${(other / own).toFixed(1)} times as much`,
  );
}

interface HostileResult {
  readonly size: number;
  readonly outcome: string;
  readonly milliseconds: number;
  readonly memoryBytes: number;
}

/** One decode in a fresh process: the first one, not warmed up, as a hostile file meets it. */
function decodeHostile(name: string, isWide: boolean): HostileResult {
  const bytes = hostileFiles[name]?.() ?? new Uint8Array(0);
  const limits = isWide ? { ...DEFAULT_LIMITS, events: 1e7, notes: 1e7 } : DEFAULT_LIMITS;
  global.gc?.();
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const outcome = decodeMidi(bytes, limits);
  const milliseconds = performance.now() - start;
  const memoryBytes = Math.max(0, process.resourceUsage().maxRSS * 1024 - before);
  const notes = outcome.ok ? outcome.score.tracks.reduce((sum, track) => sum + track.notes.onset.length, 0) : 0;
  return {
    size: bytes.length,
    outcome: outcome.ok ? `${notes} notes` : outcome.error.code,
    milliseconds,
    memoryBytes,
  };
}

function benchHostile(name: string, limits: 'default' | 'wide'): void {
  const runs = Array.from({ length: 3 }, () => JSON.parse(runChild(['hostile', name, limits])) as HostileResult);
  const { outcome, size } = runs[0] ?? { outcome: '', size: 1 };
  const milliseconds = median(runs.map((run) => run.milliseconds)).toFixed(0);
  const memory = (median(runs.map((run) => run.memoryBytes)) / size).toFixed(1);
  console.log(
    `${name}${limits === 'wide' ? ', wider limits' : ''}: ${outcome}, ${milliseconds} ms, ${memory} times its size in memory`,
  );
}

function runChild(args: readonly string[]): string {
  const flags = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=256'];
  const child = spawnSync(
    process.execPath,
    [
      ...process.execArgv,
      ...(args[0] === 'allocated' ? flags : flags.slice(0, 1)),
      fileURLToPath(import.meta.url),
      ...args,
    ],
    { encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  return child.stdout;
}

function readFiles(): Uint8Array[] {
  return readdirSync(pop909)
    .filter((name) => name.endsWith('.mid'))
    .map((name) => new Uint8Array(readFileSync(join(pop909, name))));
}

/** CPU seconds of all threads. */
function secondsOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
