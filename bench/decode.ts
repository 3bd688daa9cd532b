/**
 * Speed of the MIDI decoder against symusic (C++, where .venv has it), @tonejs/midi and midi-file on POP909, what each allocates, and hostile files. It runs
 * what is built, as a worker does: `npm run build && npx tsx bench/decode.ts`. Only the ratios carry over to other machines.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseMidi } from 'midi-file';
import { DEFAULT_LIMITS, decodeMidi } from 'midiloom';
import { hostileFiles } from '../test/midi/hostile-files.ts';
import { type Contender, hasPythonModule, median, rateOf, readPop909, secondsOf, takeTurns } from './take-turns.ts';

const { Midi } = createRequire(import.meta.url)('@tonejs/midi') as typeof import('@tonejs/midi');
const ROUNDS = 7;

const midiloom: Contender = { name: 'midiloom', prepare: () => decodeMidi };
const midiFile: Contender = { name: 'midi-file', prepare: () => parseMidi };
const symusic: Contender = { name: 'symusic', prepare: () => () => undefined, script: 'symusic-rate.py' };
const contenders: readonly Contender[] = [
  midiloom,
  ...(hasPythonModule('symusic') ? [symusic] : []),
  midiFile,
  { name: '@tonejs/midi', prepare: () => (bytes: Uint8Array) => new Midi(bytes) },
];

const [task, name = '', detail] = process.argv.slice(2);
if (task === undefined) await benchAll();
else if (task === 'allocated') console.log(allocatedBytes(name === 'midiloom' ? midiloom : midiFile));
else if (task === 'hostile') console.log(JSON.stringify(decodeHostile(name, detail === 'wide')));

async function benchAll(): Promise<void> {
  await benchRatios();
  benchRate(readPop909());
  benchAllocation();
  for (const file of Object.keys(hostileFiles)) benchHostile(file, 'default');
  benchHostile('16 MB of running status, notes', 'wide');
}

async function benchRatios(): Promise<void> {
  const rates = await takeTurns(contenders, ROUNDS);
  console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}`);
  for (const [index, { name }] of contenders.entries()) {
    const ratio = rateOf(rates, 0, index).toFixed(2);
    console.log(`${name}: ${rateOf(rates, index).toFixed(0)} files/s; midiloom is ${ratio} times as fast`);
  }
}

function benchRate(files: readonly Uint8Array[]): void {
  const size = files.reduce((sum, file) => sum + file.length, 0);
  const times = Array.from({ length: ROUNDS + 2 }, () =>
    secondsOf(() => {
      for (const file of files) decodeMidi(file);
    }),
  );
  console.log(`midiloom: ${(size / median(times.slice(2)) / 1e6).toFixed(0)} MB/s, all ${files.length} files`);
}

/** Bytes of JavaScript heap and array buffers per file, in steady state and without any collection in between. */
function allocatedBytes({ prepare }: Contender): number {
  const run = prepare();
  const files = readPop909();
  for (let pass = 0; pass < 3; pass++) for (const file of files) run(file);
  const batches = Array.from({ length: 9 }, (_, batch) => files.slice(batch * 100, (batch + 1) * 100));
  const perFile = batches.map((batch) => {
    const before = process.memoryUsage();
    for (const file of batch) run(file);
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
