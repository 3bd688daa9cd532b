/** What the benchmarks that race libraries over the POP909 files share. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const folder = fileURLToPath(new URL('../../shared/data/midi/pop909/', import.meta.url));
/** Set for a process that runs one contender. */
const TURN = 'MIDILOOM_BENCH_TURN';
/** @tonejs/midi takes seconds for all 909 files, so contenders run over every eighth. */
const STEP = 8;
/** CPU time of a contender before it is timed, so that V8 has compiled it on a busy machine too, and while it is. */
const WARM_UP_MS = 1500;
const TIMED_MS = 1500;

export interface Contender {
  readonly name: string;
  /** Makes what runs over a file; called in the process that does so, and in no other. */
  readonly prepare: () => (bytes: Uint8Array) => unknown;
  /** Or a Python program of this folder, which does all of a turn itself and prints the rate. */
  readonly script?: string;
}

/** Python as `test/peers` has it. */
const PYTHON = process.env.MIDILOOM_PEERS_PYTHON ?? '.venv/bin/python';

/** Whether that Python has a module. */
export function hasPythonModule(name: string): boolean {
  return spawnSync(PYTHON, ['-c', `import ${name}`]).status === 0;
}

/**
 * Files per CPU second of each contender, round by round. They take turns, each in a process of its own: what one leaves
 * on the heap would be collected on the other's time. CPU times of all threads, garbage collection included, so that a
 * busy machine disturbs them less; only ratios of one round carry over to other machines. Who takes no part has no rate.
 */
export async function takeTurns(
  contenders: readonly Contender[],
  rounds: number,
  takesPart: (contender: Contender) => boolean = () => true,
): Promise<readonly (readonly number[])[]> {
  const turn = process.env[TURN];
  if (turn !== undefined) {
    console.log(filesPerSecond(contenders[Number(turn)]));
    process.exit();
  }
  const program = await compile(process.argv[1] ?? '');
  return Array.from({ length: rounds }, () =>
    contenders.map((contender, index) => {
      if (!takesPart(contender)) return Number.NaN;
      return contender.script === undefined ? rateOfTurn(program, index) : rateOfScript(contender.script);
    }),
  );
}

/** Median over the rounds of the rate of one contender, or of its ratio to another. */
export function rateOf(rounds: readonly (readonly number[])[], contender: number, base?: number): number {
  return median(rounds.map((rates) => (rates[contender] ?? 0) / (base === undefined ? 1 : (rates[base] ?? 0))));
}

/** The POP909 files, or every `step`-th of them. Ends the process where they are not there. */
export function readPop909(step = 1): Uint8Array[] {
  return pop909Paths(step).map((path) => new Uint8Array(readFileSync(path)));
}

/** Their paths. Ends the process where they are not there. */
export function pop909Paths(step = 1): string[] {
  if (!existsSync(folder)) {
    console.log(`skipped: ${folder} is not there`);
    process.exit();
  }
  const names = readdirSync(folder).filter((name) => name.endsWith('.mid'));
  return names.filter((_, index) => index % step === 0).map((name) => join(folder, name));
}

/** CPU seconds of all threads. */
export function secondsOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function filesPerSecond(contender: Contender | undefined): number {
  if (contender === undefined) throw new Error(`no contender ${process.env[TURN]}`);
  const files = readPop909(STEP);
  const run = contender.prepare();
  runFor(WARM_UP_MS, run, files);
  let count = 0;
  const seconds = secondsOf(() => {
    count = runFor(TIMED_MS, run, files);
  });
  return count / seconds;
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs over all files again and again, and returns how many that were. */
function runFor(milliseconds: number, run: (bytes: Uint8Array) => unknown, files: readonly Uint8Array[]): number {
  const end = cpuMilliseconds() + milliseconds;
  let count = 0;
  while (cpuMilliseconds() < end) {
    for (const bytes of files) run(bytes);
    count += files.length;
  }
  return count;
}

/** Goes on in a process that runs the benchmark as a program for Node alone, and ends this one; returns in that process. */
export async function runCompiled(): Promise<void> {
  if (process.env[TURN] !== undefined) return;
  const program = await compile(process.argv[1] ?? '');
  const env = { ...process.env, [TURN]: 'all' };
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit', env });
  process.exit(status ?? 1);
}

/** The benchmark as a program for Node alone: tsx rewrites all that is loaded, and it gets slower. */
async function compile(script: string): Promise<string> {
  const file = fileURLToPath(new URL(`../.bench/${basename(script, '.ts')}.mjs`, import.meta.url));
  await build({ input: script, platform: 'node', external: /^[^./]/, output: { file, codeSplitting: false } });
  return file;
}

function rateOfScript(script: string): number {
  const input = `${JSON.stringify({ files: pop909Paths(STEP), warmUpMs: WARM_UP_MS, timedMs: TIMED_MS })}\n`;
  const child = spawnSync(PYTHON, [`bench/${script}`], { input, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}

function rateOfTurn(program: string, turn: number): number {
  const env = { ...process.env, [TURN]: String(turn) };
  const child = spawnSync(process.execPath, [program], { encoding: 'utf8', env });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}
