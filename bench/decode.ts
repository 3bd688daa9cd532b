/**
 * Speed of the MIDI decoder against @tonejs/midi and midi-file on POP909, what each allocates, and hostile files.
 * Run: `npx tsx bench/decode.ts`. Rounds are interleaved and medians taken; times are CPU times of the process, garbage
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

const { Midi } = createRequire(import.meta.url)('@tonejs/midi') as typeof import('@tonejs/midi');
const pop909 = fileURLToPath(new URL('../../shared/data/midi/pop909/', import.meta.url));
const ROUNDS = 9;
/** @tonejs/midi takes seconds for all 909 files, so the three share every eighth. */
const SAMPLE_STEP = 8;

interface Contender {
  readonly name: string;
  /** Passes over the sample in one round, so that each is timed over a similar span. */
  readonly passes: number;
  readonly decode: (bytes: Uint8Array) => unknown;
}

const contenders: readonly Contender[] = [
  { name: 'midiloom', passes: 40, decode: (bytes) => decodeMidi(bytes) },
  { name: 'midi-file', passes: 8, decode: (bytes) => parseMidi(bytes) },
  { name: '@tonejs/midi', passes: 1, decode: (bytes) => new Midi(bytes) },
];

const hostileFiles: Readonly<Record<string, () => Uint8Array>> = {
  '1 MB of overlapping note-ons on one pitch': () => fileOf(1 << 20, () => [0, 60, 64]),
  '1 MB of overlapping note-ons, then their note-offs': () => fileOf(1 << 20, (i, n) => [0, 60, i < n / 2 ? 64 : 0]),
  '1 MB of overlapping note-ons on all pitches': () => fileOf(1 << 20, (i) => [1, i & 127, 64]),
  '16 MB of running status, notes': () => fileOf(1 << 24, (i) => [1, 60, i % 2 === 0 ? 64 : 0]),
  '16 MB of running status, note-ons only': () => fileOf(1 << 24, (i) => [0, i & 127, 64]),
  '16 MB of running status, sustain pedal': () => fileOf(1 << 24, (i) => [1, 64, i % 2 === 0 ? 127 : 0], 0xb0),
  '16 MB of running status, notes, without the limit of events': () =>
    fileOf(1 << 24, (i) => [0, 60, i % 2 === 0 ? 64 : 0]),
};

const task = process.argv[2];
if (task === undefined) benchAll();
else if (task === 'allocated') console.log(allocatedBytes(contenders.find(({ name }) => name === process.argv[3])));
else if (task === 'hostile') console.log(JSON.stringify(decodeHostile(process.argv[3] ?? '')));

function benchAll(): void {
  const files = readFiles();
  const sample = files.filter((_, index) => index % SAMPLE_STEP === 0);
  console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; ${files.length} files of POP909`);
  benchRate(files);
  benchRatios(sample);
  benchAllocation();
  for (const name of Object.keys(hostileFiles)) benchHostile(name);
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

function benchRatios(sample: readonly Uint8Array[]): void {
  const times = contenders.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, { passes, decode }] of contenders.entries()) {
      const seconds = secondsOf(() => {
        for (let pass = 0; pass < passes; pass++) for (const file of sample) decode(file);
      });
      if (round >= 0) times[index]?.push(seconds / passes);
    }
  }
  const own = times[0] ?? [];
  for (const [index, { name }] of contenders.entries()) {
    const rate = (sample.length / median(times[index] ?? [])).toFixed(0);
    const ratio = median((times[index] ?? []).map((seconds, round) => seconds / (own[round] ?? 0))).toFixed(1);
    console.log(`${name.padEnd(14)} ${rate.padStart(6)} files/s; midiloom is ${ratio} times as fast`);
  }
}

/** Bytes of JavaScript heap and array buffers per file, in steady state and without any collection in between. */
function allocatedBytes(contender: Contender | undefined): number {
  if (contender === undefined) throw new Error('start this through `npx tsx bench/decode.ts`');
  const files = readFiles();
  for (let pass = 0; pass < 3; pass++) for (const file of files) contender.decode(file);
  const batches = Array.from({ length: 9 }, (_, batch) => files.slice(batch * 100, (batch + 1) * 100));
  const perFile = batches.map((batch) => {
    const before = process.memoryUsage();
    for (const file of batch) contender.decode(file);
    const after = process.memoryUsage();
    return (after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers) / batch.length;
  });
  return median(perFile.filter((bytes) => bytes > 0));
}

function benchAllocation(): void {
  const bytes = contenders.slice(0, 2).map(({ name }) => Number(runChild(['allocated', name])));
  const [own = 0, other = 0] = bytes;
  console.log(
    `allocated per file: midiloom ${(own / 1e3).toFixed(1)} kB, midi-file ${(other / 1e3).toFixed(1)} kB, ` +
      `${(other / own).toFixed(1)} times as much`,
  );
}

/** A file of about `size` bytes: one track of three-byte events after one status byte. */
function fileOf(
  size: number,
  event: (index: number, count: number) => readonly [number, number, number],
  status = 0x90,
): Uint8Array {
  const count = Math.floor((size - 26) / 3);
  const bytes = new Uint8Array(27 + 3 * count);
  const track = 8 + 1 + 3 * count + 4 - 8;
  bytes.set([0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0x7f, 0xff]);
  bytes.set([0x4d, 0x54, 0x72, 0x6b, track >>> 24, (track >> 16) & 255, (track >> 8) & 255, track & 255], 14);
  let position = 22;
  for (let i = 0; i < count; i++) {
    const [delta, first, second] = event(i, count);
    bytes[position++] = delta;
    if (i === 0) bytes[position++] = status;
    bytes[position++] = first;
    bytes[position++] = second;
  }
  bytes.set([0, 0xff, 0x2f, 0], position);
  return bytes;
}

interface HostileResult {
  readonly size: number;
  readonly outcome: string;
  readonly milliseconds: number;
  readonly memoryBytes: number;
}

/** One decode in a fresh process: the first one, not warmed up, as a hostile file meets it. */
function decodeHostile(name: string): HostileResult {
  const bytes = hostileFiles[name]?.() ?? new Uint8Array(0);
  const limits = name.includes('without the limit') ? { ...DEFAULT_LIMITS, events: 1e7, notes: 1e7 } : DEFAULT_LIMITS;
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

function benchHostile(name: string): void {
  const runs = Array.from({ length: 3 }, () => JSON.parse(runChild(['hostile', name])) as HostileResult);
  const { outcome, size } = runs[0] ?? { outcome: '', size: 1 };
  const milliseconds = median(runs.map((run) => run.milliseconds)).toFixed(0);
  const memory = (median(runs.map((run) => run.memoryBytes)) / size).toFixed(1);
  console.log(`${name}: ${outcome}, ${milliseconds} ms, ${memory} times its size in memory`);
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
