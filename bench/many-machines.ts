/**
 * How a run in tasks grows: made records, no MIDI, at tenfold sizes. What each machine does for itself does not grow with the whole; this
 * is the rest, which one machine does: dividing the manifest, looking at all tasks, and joining them.
 *
 *     npx tsx bench/many-machines.ts 100000 1000000 10000000       (for 10 million about 30 GB of disk; the default is the first)
 *
 * Every step runs in a process of its own. Records are as short as records can be, and each piece is of its own notes: so the
 * figures are of what grows with the number of pairs, not with their length.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openStageStore } from '../src/checkpoint/open-stage-store.ts';
import { frameRecord } from '../src/checkpoint/record-frame.ts';
import { KEY_BYTES } from '../src/checkpoint/segment-header.ts';
import type { StageStore } from '../src/checkpoint/stage-store.ts';
import { packStamps } from '../src/checkpoint/stamp-rows.ts';
import type { ProcessOptions } from '../src/config/run-config.ts';
import { silent } from '../src/log.ts';
import type { PlanPart } from '../src/manifest/plan-part.ts';
import { readRunStatus } from '../src/operations/read-run-status.ts';
import { readTaskStatuses } from '../src/operations/tasks/read-task-statuses.ts';
import { processPairs } from '../src/pipeline/process-pairs.ts';
import { defaultRunFiles, STAGES, type StageName } from '../src/run-directory/run-files.ts';
import { taskDirectory } from '../src/run-directory/task-directory.ts';
import { readTasks, type Tasks } from '../src/run-directory/tasks-file.ts';
import { BINS } from '../src/similarity/figure-bins.ts';
import { packPiece } from '../src/similarity/piece-bytes.ts';
import { packMidiRecord } from '../src/worker/midi-record.ts';
import { packTextRecord } from '../src/worker/text-record.ts';

/** Pairs of one task, and of one segment. */
const TASK_PAIRS = 10_000;
const SEGMENT_PAIRS = 3_200;
const LINES_AT_ONCE = 20_000;

const NO_SKETCH = packPiece({
  sha256: '0'.repeat(16),
  noteHash: '0'.repeat(16),
  notes: 100,
  sketch: { outline: 1n, figures: new Uint16Array(BINS).fill(1) },
});
const MIDI_RECORD = packMidiRecord({
  sketch: NO_SKETCH,
  tokens: { layout: 'single', columns: 1, streams: [Uint16Array.of(4, 8, 15, 16, 23, 42, 108, 7)] },
  sequence_length: 8,
  cut_tokens: 0,
  metadata: { sha256: '0', md5: '0', note_hash: '0', n_notes: 8, repairs: {} },
});
const SKETCH_AT = Buffer.from(MIDI_RECORD).indexOf(NO_SKETCH);
const TEXT_RECORD = packTextRecord({
  text: 'a caption',
  normalized: 'a caption',
  embedding: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
  token_ids: undefined,
  truncated: false,
  statistics: { words: 2 },
  encoder: 'hashing',
});

interface Outcome {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly figures: Readonly<Record<string, number>>;
}

const STEPS: Readonly<Record<string, (folder: string, pairs: number) => Promise<Outcome['figures']>>> = {
  divide,
  fill,
  status,
  merge,
};

const { values, positionals } = parseArgs({
  options: { step: { type: 'string' }, folder: { type: 'string', default: tmpdir() } },
  allowPositionals: true,
});
if (values.step === undefined) compare(positionals.length === 0 ? [100_000] : positionals.map(Number));
else console.log(JSON.stringify(await measure(values.step, values.folder, Number(positionals[0]))));

function compare(sizes: readonly number[]): void {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  console.log(`tasks of ${TASK_PAIRS} pairs, segments of ${SEGMENT_PAIRS}, made records\n`);
  for (const pairs of sizes) {
    const folder = mkdtempSync(join(values.folder, 'midiloom-machines-'));
    try {
      writeManifest(folder, pairs);
      for (const step of Object.keys(STEPS)) {
        const { seconds, cpuSeconds, peakMb, figures } = inOwnProcess(step, folder, pairs);
        const each = ((cpuSeconds / pairs) * 1e6).toFixed(1);
        const told = Object.entries(figures).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
        const costs = `${seconds.toFixed(1)} s, ${each} us of CPU a pair, peak ${peakMb.toFixed(0)} MB`;
        console.log(`${pairs} pairs, ${step.padEnd(6)}: ${costs}; ${told.join(', ')}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function inOwnProcess(step: string, folder: string, pairs: number): Outcome {
  const {
    stdout,
    stderr,
    status: code,
  } = spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(import.meta.url), '--step', step, '--folder', folder, String(pairs)],
    { maxBuffer: 1 << 20 },
  );
  if (code !== 0) throw new Error(`${step} failed: ${stderr.toString()}`);
  const outcome: Outcome = JSON.parse(stdout.toString());
  return outcome;
}

async function measure(step: string, folder: string, pairs: number): Promise<Outcome> {
  const run = STEPS[step];
  if (run === undefined) throw new Error(`no step ${step}`);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const figures = await run(folder, pairs);
  const { user, system } = process.cpuUsage(cpu);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { seconds: secondsSince(start), cpuSeconds: (user + system) / 1e6, peakMb, figures };
}

function optionsFor(folder: string): ProcessOptions {
  const outputDir = join(folder, 'run');
  return { inputFile: join(folder, 'pairs.jsonl'), outputDir, textEncoder: 'hashing', textDim: 8, workers: 1 };
}

/** The first task divides the manifest; it is stopped when it knows its pairs. */
async function divide(folder: string, pairs: number): Promise<Outcome['figures']> {
  const tasks = Math.ceil(pairs / TASK_PAIRS);
  await untilPlanned({ ...optionsFor(folder), tasks, task: 0 });
  const again = performance.now();
  await untilPlanned({ ...optionsFor(folder), tasks, task: tasks - 1 });
  const run = join(folder, 'run');
  return {
    'start of the last task s': secondsSince(again),
    'tasks.json MB': statSync(join(run, 'tasks.json')).size / 1e6,
    'manifest MB': statSync(join(folder, 'pairs.jsonl')).size / 1e6,
  };
}

async function untilPlanned(options: ProcessOptions): Promise<void> {
  const stop = new AbortController();
  const onEvent = ({ type }: { readonly type: string }): void => {
    if (type === 'planned') stop.abort(new Error('planned'));
  };
  await processPairs(options, { onEvent, signal: stop.signal });
}

/** What all machines together would have written; they do it side by side. */
async function fill(folder: string): Promise<Outcome['figures']> {
  const run = join(folder, 'run');
  const tasks = await tasksOf(run);
  let bytes = 0;
  let files = 0;
  for (const [number, part] of tasks.parts.entries()) {
    const own = taskDirectory(run, { number, of: tasks.parts.length });
    for (const stage of STAGES) bytes += await fillStage(own, stage, part, tasks);
    files += readdirSync(own, { recursive: true }).length;
  }
  return { 'segments GB': bytes / 1e9, files };
}

async function fillStage(directory: string, stage: StageName, part: PlanPart, tasks: Tasks): Promise<number> {
  const { store } = await openStageStore({
    checkpointFile: defaultRunFiles(directory).checkpoints[stage],
    stage,
    sessionId: 'bench',
    plan: { inputFile: 'pairs.jsonl', fields: {}, firstIndex: part.first },
    fingerprint: tasks.fingerprints[stage],
    log: silent,
    restart: false,
  });
  for (let first = part.first; first < part.end; first += SEGMENT_PAIRS) {
    await fillSegment(store, stage, part, first, Math.min(first + SEGMENT_PAIRS, part.end));
  }
  await store.saveStatus('completed', contextFor(part));
  return store.saved.processed_data.bytes;
}

async function fillSegment(
  store: StageStore,
  stage: StageName,
  part: PlanPart,
  first: number,
  end: number,
): Promise<void> {
  const indices = Array.from({ length: end - first }, (_, at) => first + at);
  const stamp = new Uint8Array(8);
  await store.commit(
    {
      pass: 0,
      first,
      last: end - 1,
      frames: [
        Buffer.concat(indices.map((index) => frameRecord(index, stage === 'midi' ? midiBytes(index) : TEXT_RECORD))),
      ],
      failures: [],
      planHash: end === part.end ? part.hash : `sha256:${'0'.repeat(64)}`,
      pairHashes: Uint32Array.from(indices),
      keys: new Uint8Array(indices.length * KEY_BYTES),
      stamps: [packStamps(indices.map((index) => [index, stamp]))],
    },
    contextFor(part),
  );
}

function contextFor({ first, end }: PlanPart) {
  const batch = { currentBatch: 1, totalBatches: 1, batchSize: 32, processingTimeS: 1, filesPerSecond: 1 };
  return { totalPairs: end - first, batch, inProgress: undefined };
}

async function status(folder: string): Promise<Outcome['figures']> {
  const run = join(folder, 'run');
  const start = performance.now();
  await readTaskStatuses(run, await tasksOf(run));
  const lines = secondsSince(start);
  const all = performance.now();
  const { pairs } = await readRunStatus(run);
  return { 'a line a task s': lines, 'with all headers s': secondsSince(all), completed: pairs.completed };
}

async function merge(folder: string): Promise<Outcome['figures']> {
  const outputDir = join(folder, 'run');
  const start = performance.now();
  let searched = Number.NaN;
  const { dataset, status: ended } = await processPairs(
    { outputDir, mode: 'merge', outputFormat: ['parquet'] },
    {
      onEvent: ({ type }) => {
        if (type === 'merging' && Number.isNaN(searched)) searched = secondsSince(start);
      },
    },
  );
  if (ended !== 'complete') throw new Error(`the merge ended ${ended}`);
  const files = dataset?.files ?? [];
  const bytes = files.reduce((sum, file) => sum + statSync(join(outputDir, 'dataset', file)).size, 0);
  return {
    'reading and copies s': searched,
    'rows s': secondsSince(start) - searched,
    rows: dataset?.rows ?? 0,
    'data set GB': bytes / 1e9,
    'report MB': statSync(join(outputDir, 'report.html')).size / 1e6,
  };
}

async function tasksOf(run: string): Promise<Tasks> {
  const tasks = await readTasks(run);
  if (tasks === undefined) throw new Error('the manifest was not divided');
  return tasks;
}

/** One record over and over, but for the sketch, by which copies are found. */
function midiBytes(index: number): Uint8Array {
  const bytes = MIDI_RECORD.slice();
  bytes.set(sketchOf(index), SKETCH_AT);
  return bytes;
}

/** Nothing in common with that of another pair. */
function sketchOf(index: number): Uint8Array {
  let state = Math.imul(index + 1, 0x9e3779b1);
  const next = (): number => {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5;
    return (state ^ (state >>> 13)) >>> 0;
  };
  const figures = new Uint16Array(BINS).map(() => 1 + (next() % 65_535));
  const hex = `${index.toString(16).padStart(8, '0')}${next().toString(16).padStart(8, '0')}`;
  const outline = BigInt(index) * 7_777_777_777n + 1n;
  return packPiece({ sha256: hex, noteHash: hex, notes: 100, sketch: { outline, figures } });
}

function writeManifest(folder: string, pairs: number): void {
  const descriptor = openSync(join(folder, 'pairs.jsonl'), 'w');
  for (let first = 0; first < pairs; first += LINES_AT_ONCE) {
    const length = Math.min(LINES_AT_ONCE, pairs - first);
    const lines = Array.from(
      { length },
      (_, at) => `{"midi_file":"${first + at}.mid","caption":"caption ${first + at}"}\n`,
    );
    writeSync(descriptor, lines.join(''));
  }
  closeSync(descriptor);
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
