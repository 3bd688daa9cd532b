/**
 * When the first new batch of a long run is saved that is gone on with: `npm run build && npx tsx bench/resume.ts [--pairs 1000000]
 * [--folder DIR]`. The run is begun by the command line over the sample's files; what it would have saved up to so many pairs is made
 * (records of no content, everything else as it is), and it is gone on with three times, with a save for each batch.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCheckpoint } from '../src/checkpoint/checkpoint-file.ts';
import { openStageStore } from '../src/checkpoint/open-stage-store.ts';
import { frameRecord } from '../src/checkpoint/record-frame.ts';
import { KEY_BYTES } from '../src/checkpoint/segment-header.ts';
import { packStamps } from '../src/checkpoint/stamp-rows.ts';
import { silent } from '../src/log.ts';
import { openPlan } from '../src/manifest/open-plan.ts';
import type { Plan } from '../src/manifest/plan.ts';
import { STAGES, type StageName } from '../src/run-directory/run-files.ts';
import { reportRow } from './report-row.ts';
import { median } from './take-turns.ts';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '1000000' }, folder: { type: 'string', default: tmpdir() } },
});
const done = Number(values.pairs);
const MORE = 10_000;
/** Of the defaults: pairs of a batch, times batches of a save. */
const PAIRS_OF_A_SAVE = 320;
const GOAL_SECONDS = 1;
const ROUNDS = 3;
const LINES_AT_ONCE = 10_000;
const NO_CONTENT = Uint8Array.of(0x80);
const data = resolve('data');
const folder = mkdtempSync(join(values.folder, 'midiloom-resume-'));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const manifest = writeManifest(done + MORE);
  const run = join(folder, 'run');
  mkdirSync(run);
  await untilSaved(run, ['--input_file', manifest, '--midi_root', data, '--text_encoder', 'hashing', '--workers', '2']);
  const plan = await openPlan({ inputFile: manifest });
  const hashes = await hashesOf(plan);
  for (const stage of STAGES) await fill(run, stage, manifest, plan, hashes);
  await untilSaved(run);
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) seconds.push(await untilSaved(run));
  const name = `resume: first new batch saved at ${done / 1e6} M pairs done`;
  reportRow({ name, figure: median(seconds), unit: 's', goal: { atMost: GOAL_SECONDS } });
}

function writeManifest(lines: number): string {
  const sample = readFileSync(join(data, 'pairs.jsonl'), 'utf8').trim().split('\n');
  const file = join(folder, 'pairs.jsonl');
  const handle = openSync(file, 'w');
  for (let first = 0; first < lines; first += LINES_AT_ONCE) {
    const part = Array.from({ length: Math.min(LINES_AT_ONCE, lines - first) }, (_, at) => {
      const { midi_file } = JSON.parse(sample[(first + at) % sample.length] ?? '{}');
      return `${JSON.stringify({ midi_file, text_description: `A waltz in D minor, number ${first + at}.` })}\n`;
    });
    writeSync(handle, part.join(''));
  }
  closeSync(handle);
  return file;
}

async function hashesOf(plan: Plan): Promise<Uint32Array> {
  const all = new Uint32Array(plan.total);
  for await (const { first, hashes } of plan.recordHashes()) all.set(hashes, first);
  return all;
}

/** Saves what the stage lacks up to the wanted number of pairs. */
async function fill(run: string, stage: StageName, inputFile: string, plan: Plan, hashes: Uint32Array): Promise<void> {
  const checkpointFile = join(run, `${stage}_checkpoint.json`);
  const saved = parseCheckpoint(readFileSync(checkpointFile));
  if (saved.kind !== 'valid') throw new Error(`${checkpointFile} cannot be read`);
  const { fingerprint } = saved.checkpoint;
  const { store } = await openStageStore({
    checkpointFile,
    stage,
    sessionId: 'made',
    plan: { inputFile, fields: { ...plan.fields }, firstIndex: 0 },
    fingerprint,
    log: silent,
    restart: false,
  });
  const batch = { currentBatch: 1, totalBatches: 1, batchSize: 32, processingTimeS: 1, filesPerSecond: 1 };
  for await (const { first, last, planHash } of plan.batches(store.lastIndex + 1, PAIRS_OF_A_SAVE)) {
    if (first >= done) return;
    const indices = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const segment = {
      pass: 0,
      first,
      last,
      frames: indices.map((index) => frameRecord(index, NO_CONTENT)),
      failures: [],
      planHash,
      pairHashes: hashes.slice(first, last + 1),
      keys: new Uint8Array(indices.length * KEY_BYTES),
      stamps: [packStamps(indices.map((index) => [index, new Uint8Array(8).fill(index)]))],
    };
    await store.commit(segment, { totalPairs: plan.total, batch, inProgress: undefined });
  }
}

/** Runs the command line, a save for each batch, until both stages have saved; returns the seconds to the first save of either. */
async function untilSaved(run: string, more: readonly string[] = []): Promise<number> {
  const files = STAGES.map((stage) => join(run, `${stage}_checkpoint.json`));
  const before = files.map(changedAt);
  const startedAt = performance.now();
  const args = ['process', '--mode', 'continue', '--output_dir', run, '--checkpoint_interval', '1', '-q', ...more];
  const child = spawn(process.execPath, ['dist/cli/main.js', ...args], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  let first = Number.NaN;
  while (child.exitCode === null) {
    const saved = files.filter((file, at) => changedAt(file) !== before[at]).length;
    if (saved > 0 && Number.isNaN(first)) first = (performance.now() - startedAt) / 1000;
    if (saved === files.length) break;
    await new Promise((resume) => setTimeout(resume, 2));
  }
  child.kill('SIGKILL');
  await ended;
  if (Number.isNaN(first)) throw new Error(`nothing was saved: node dist/cli/main.js ${args.join(' ')}`);
  return first;
}

function changedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
