/**
 * What it costs to work a manifest off in tasks: the merge of sixteen beside that of one run, the start of a task of a long manifest beside
 * that of a manifest which has only its lines, and everything that tasks do beside their work.
 *
 *     npm run build && npx tsx bench/tasks.ts --pairs 100000 --lines 1000000       (about 5 GB of disk; the default is a tenth of it)
 *
 * The sample's files over and over under other captions, by the hashing encoder. What is compared takes turns, and the least of each counts:
 * what else a machine does only adds. Merges are held to their CPU time; the clock, which a busy machine makes worthless, is printed beside it.
 */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type ProcessOptions, processPairs } from 'midiloom';

const SAMPLE = fileURLToPath(new URL('../data/pairs.jsonl', import.meta.url));
const TASKS = 16;
const PARTS = 1000;
const REPEATS = 3;
const LINES_AT_ONCE = 10_000;
const GOAL = { mergeRatio: 1.1, startSeconds: 0.5, coordinationShare: 0.01 };

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '10000' },
    lines: { type: 'string', default: '100000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const pairs = Number(values.pairs);
const lines = Number(values.lines);
const records = readFileSync(SAMPLE, 'utf8').trim().split('\n');
const folder = mkdtempSync(join(values.folder, 'midiloom-tasks-'));
let isMet = true;
try {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}\n`);
  await compareRuns();
  await compareStarts();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = isMet ? 0 : 1;

function optionsFor(inputFile: string, outputDir: string): ProcessOptions {
  const midiRoot = dirname(SAMPLE);
  return { inputFile, outputDir, midiRoot, textEncoder: 'hashing', textDim: 64, workers: 2 };
}

async function compareRuns(): Promise<void> {
  const manifest = newManifest('pairs', 0, pairs);
  const [one, parts] = [join(folder, 'one'), join(folder, 'parts')];
  const whole = await processPairs(optionsFor(manifest, one));
  console.log(`one run of ${pairs} pairs, with its data set: ${whole.seconds.toFixed(1)} s`);
  const started = performance.now();
  for (let task = 0; task < TASKS; task++) await processPairs({ ...optionsFor(manifest, parts), tasks: TASKS, task });
  const worked = secondsSince(started);
  const cpu: [number[], number[]] = [[], []];
  const merge = async (outputDir: string, ofCpu: number[]): Promise<number> => {
    const before = process.cpuUsage();
    const wall = await timed(() => processPairs({ outputDir, mode: 'merge' }));
    const { user, system } = process.cpuUsage(before);
    ofCpu.push((user + system) / 1e6);
    return wall;
  };
  const [ofOne = 0, ofTasks = 0] = await inTurns([() => merge(one, cpu[0]), () => merge(parts, cpu[1])]);
  const [cpuOfOne = 0, cpuOfTasks = 0] = cpu.map((each) => Math.min(...each));
  const sums = [one, parts].map((run) => readFileSync(join(run, 'dataset', 'SHA256SUMS'), 'utf8'));
  const name = `merge of ${TASKS} tasks over that of one run, in CPU time`;
  row(name, cpuOfTasks / cpuOfOne, GOAL.mergeRatio, seconds(cpuOfOne, cpuOfTasks));
  console.log(`  by the clock ${(ofTasks / ofOne).toFixed(3)}: ${seconds(ofOne, ofTasks)}`);
  if (sums[0] !== sums[1]) throw new Error('the data sets differ');
  console.log('  the data sets are the same, byte for byte');
  const [own = 0, again = 0, first = 0] = await startsOf(manifest, TASKS, Math.ceil(pairs / TASKS), 'short');
  // A run that is not divided reads the manifest once, too.
  const undivided = await untilPlanned(optionsFor(manifest, join(folder, 'undivided')));
  const dividing = Math.max(first - again, 0);
  const coordination = Math.max(dividing - undivided, 0) + TASKS * Math.max(again - own, 0);
  const detail = `${coordination.toFixed(2)} s of ${worked.toFixed(1)}; dividing took ${dividing.toFixed(2)} s, reading ${undivided.toFixed(2)} s`;
  row('what tasks do beside their work, over all', coordination / worked, GOAL.coordinationShare, detail);
}

async function compareStarts(): Promise<void> {
  const manifest = newManifest('lines', 0, lines);
  const [own = 0, again = 0, first = 0] = await startsOf(manifest, PARTS, Math.ceil(lines / PARTS), 'long');
  console.log(`  dividing ${lines} lines into ${PARTS} tasks, once: ${(first - again).toFixed(2)} s`);
  row(`start of the last of ${PARTS} tasks of ${lines} lines`, again - own, GOAL.startSeconds, seconds(own, again));
}

/** Seconds until a run of the last lines alone, the last task, and the first task of all that divides the manifest know their pairs. */
async function startsOf(manifest: string, tasks: number, size: number, name: string): Promise<readonly number[]> {
  const own = newManifest(`${name}-own`, (tasks - 1) * size, size);
  const divided = join(folder, `${name}-divided`);
  let count = 0;
  const fresh = (): string => join(folder, `${name}-${count++}`);
  const first = await untilPlanned({ ...optionsFor(manifest, divided), tasks, task: 0 });
  const [alone = 0, last = 0] = await inTurns([
    () => untilPlanned(optionsFor(own, fresh())),
    async () => {
      rmSync(join(divided, 'tasks'), { recursive: true, force: true });
      return untilPlanned({ ...optionsFor(manifest, divided), tasks, task: tasks - 1 });
    },
  ]);
  return [alone, last, first];
}

async function untilPlanned(options: ProcessOptions): Promise<number> {
  const started = performance.now();
  const stop = new AbortController();
  let planned = Number.NaN;
  const onEvent = ({ type }: { readonly type: string }): void => {
    if (type !== 'planned') return;
    planned = secondsSince(started);
    stop.abort(new Error('planned'));
  };
  await processPairs(options, { onEvent, signal: stop.signal });
  return planned;
}

/** The least of what several take, each in its turn. */
async function inTurns(measures: readonly (() => Promise<number>)[]): Promise<readonly number[]> {
  const times: number[][] = measures.map(() => []);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const turn = [...measures.entries()];
    for (const [at, measure] of repeat % 2 === 0 ? turn : turn.reverse()) times[at]?.push(await measure());
  }
  return times.map((each) => Math.min(...each));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return secondsSince(started);
}

function newManifest(name: string, first: number, count: number): string {
  const file = join(folder, `${name}.jsonl`);
  const descriptor = openSync(file, 'w');
  let text: string[] = [];
  for (let at = first; at < first + count; at++) {
    text.push((records[at % records.length] ?? '').replace('"text_description":"', `"text_description":"${at}: `));
    if (text.length < LINES_AT_ONCE && at < first + count - 1) continue;
    writeSync(descriptor, `${text.join('\n')}\n`);
    text = [];
  }
  closeSync(descriptor);
  return file;
}

function row(name: string, value: number, goal: number, detail: string): void {
  const isGood = value <= goal;
  isMet &&= isGood;
  console.log(`${name}: ${value.toFixed(3)} (at most ${goal}${isGood ? '' : ', MISSED'}; ${detail})`);
}

function seconds(one: number, tasks: number): string {
  return `${one.toFixed(2)} s and ${tasks.toFixed(2)} s`;
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
