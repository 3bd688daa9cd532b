import type { BatchInfo, SaveContext } from '../../checkpoint/describe-checkpoint.ts';
import type { StageStore } from '../../checkpoint/stage-store.ts';
import type { Job } from '../../engine/isolate-crashes.ts';
import { type FinishedBatches, runStage, type StageBatch } from '../../engine/run-stage.ts';
import { pairKeys } from '../../inputs/pair-keys.ts';
import type { InputReading, StageInput } from '../../inputs/stage-input.ts';
import type { Log } from '../../log.ts';
import type { Pair } from '../../manifest/pair.ts';
import type { Batch, Plan } from '../../manifest/plan.ts';
import type { Exemption } from '../../run-directory/exemptions.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { BatchResult } from '../../worker/batch-result.ts';
import type { PendingPass } from '../open/retry-pairs.ts';
import { type KeepOutcomes, keepOutcomes } from '../update/keep-outcomes.ts';
import { passOver } from './pass-over.ts';
import type { StageMeter } from './stage-meter.ts';

/** One stage of a run: where its records are kept, and how a pair becomes one. */
export interface Stage<J extends Job> {
  readonly name: StageName;
  readonly store: StageStore;
  /** Whether its jobs take the MIDI files along that lie in the manifest. */
  readonly readsMidi: boolean;
  readonly input: StageInput;
  readonly reading: InputReading;
  readonly jobOf: (pair: Pair) => J;
  readonly work: (jobs: readonly J[]) => Promise<BatchResult>;
  /** Pairs that the main pass leaves alone; a retry is told which pairs to try. */
  readonly exemption: Exemption;
  /** Outcomes of an earlier run that the main pass takes over; where it is `undefined`, all are made. */
  readonly keep: KeepOutcomes | undefined;
  readonly batchPairs: number;
  readonly batchesPerCommit: number;
  /** Batches in flight at most. */
  readonly window: number;
}

export interface StageRun {
  readonly plan: Plan;
  /** As told by the user; checkpoints count in these, also where a stage hands out larger batches. */
  readonly batchSize: number;
  readonly meter: StageMeter;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly onProgress: () => void;
  readonly onSaved: () => void;
}

/** The main pass: from the first pair without a record to the end of the plan. */
export async function runMainPass<J extends Job>(stage: Stage<J>, run: StageRun): Promise<void> {
  const { store } = stage;
  const first = store.lastIndex + 1;
  if (first < run.plan.end) {
    const work = stage.keep === undefined ? stage.work : keepOutcomes(stage.work, stage.keep);
    const main = { ...stage, work: passOver(work, stage.exemption, run.log) };
    await runPass(main, run, 0, inBatches(batchesFrom(stage, run, first), stage, run.signal));
  }
  if (store.isDone(run.plan.end) && store.saved.status !== 'completed') {
    await store.saveStatus('completed', saveContext(stage, run));
  }
}

/** A retry: each of these pairs once more. What succeeds replaces its failure when the data set is merged. */
export async function runRetryPass<J extends Job>(stage: Stage<J>, run: StageRun, retry: PendingPass): Promise<void> {
  run.meter.again({ pairs: retry.indexes.length, failed: retry.indexes.length });
  await runSparsePass(stage, run, retry);
}

/** Pairs whose results are lost or out of date, once more; those that are to be passed over are. */
export async function runRedoPass<J extends Job>(stage: Stage<J>, run: StageRun, redo: PendingPass): Promise<void> {
  const { store } = stage;
  const made = redo.indexes.filter((index) => !store.isMissing(index));
  run.meter.again({ pairs: made.length, failed: made.filter((index) => store.isFailed(index)).length });
  await runSparsePass({ ...stage, work: passOver(stage.work, stage.exemption, run.log) }, run, redo);
}

async function runSparsePass<J extends Job>(
  stage: Stage<J>,
  run: StageRun,
  { pass, indexes }: PendingPass,
): Promise<void> {
  const [first] = indexes;
  if (first === undefined) return;
  const wanted = new Set(indexes);
  const pairs = selected(batchesFrom(stage, run, first), wanted, stage.batchPairs);
  await runPass(stage, run, pass, inBatches(pairs, stage, run.signal));
  const status = stage.store.isDone(run.plan.end) ? 'completed' : 'in_progress';
  await stage.store.saveStatus(status, saveContext(stage, run));
}

async function runPass<J extends Job>(
  stage: Stage<J>,
  run: StageRun,
  pass: number,
  batches: AsyncIterable<StageBatch<J>>,
): Promise<void> {
  const commit = async (finished: FinishedBatches): Promise<void> => {
    const { first, last, frames, failures, planHash, stamps } = finished;
    const segment = {
      pass,
      first,
      last,
      frames,
      failures,
      planHash,
      pairHashes: joined(finished.pairHashes),
      keys: Buffer.concat(finished.keys),
      stamps,
    };
    await stage.store.commit(segment, saveContext(stage, run, last));
    run.meter.saved(finished.pairs);
    run.onSaved();
  };
  await runStage({
    batches,
    window: stage.window,
    batchesPerCommit: stage.batchesPerCommit,
    work: stage.work,
    commit,
    onBatch: (batch) => {
      if (pass === 0) stage.store.announce(batch);
      run.meter.add(batch);
      run.onProgress();
    },
    onWaited: (cause, seconds) => run.meter.waited(cause, seconds),
  });
}

/** Not told of the signal: what was handed out is finished. */
function batchesFrom<J extends Job>(stage: Stage<J>, { plan }: StageRun, first: number): AsyncIterable<Batch> {
  return plan.batches(first, stage.batchPairs, undefined, stage.readsMidi);
}

/** Ends early when the run is asked to stop: what was handed out is finished and saved. */
async function* inBatches<J extends Job>(
  batches: AsyncIterable<Batch>,
  { jobOf, input, reading }: Stage<J>,
  signal: AbortSignal,
): AsyncGenerator<StageBatch<J>> {
  for await (const { first, last, pairs, planHash } of batches) {
    if (signal.aborted) return;
    yield {
      jobs: pairs.map(jobOf),
      first,
      last,
      planHash,
      pairHashes: Uint32Array.from(pairs, ({ hash }) => hash),
      keys: pairKeys(pairs, input, reading),
    };
  }
}

/** The pairs whose index is wanted, in batches of their own. */
async function* selected(
  batches: AsyncIterable<Batch>,
  wanted: Set<number>,
  batchPairs: number,
): AsyncGenerator<Batch> {
  let chosen: Pair[] = [];
  const batchOf = (pairs: readonly Pair[]): Batch => ({
    first: pairs[0]?.index ?? 0,
    last: pairs.at(-1)?.index ?? 0,
    pairs,
    planHash: '',
  });
  for await (const { pairs } of batches) {
    for (const pair of pairs) {
      if (!wanted.delete(pair.index)) continue;
      chosen.push(pair);
      if (chosen.length < batchPairs) continue;
      yield batchOf(chosen);
      chosen = [];
    }
    if (wanted.size === 0) break;
  }
  if (chosen.length > 0) yield batchOf(chosen);
}

function saveContext<J extends Job>(stage: Stage<J>, run: StageRun, last = stage.store.lastIndex): SaveContext {
  const { total, end } = run.plan;
  const lookahead = Math.min(end - 1, last + stage.window * stage.batchPairs);
  return {
    totalPairs: total,
    batch: batchInfo(run, last),
    inProgress: last < end - 1 && !run.signal.aborted ? [last + 1, lookahead] : undefined,
  };
}

function batchInfo({ plan, meter, batchSize }: StageRun, last: number): BatchInfo {
  return {
    currentBatch: Math.ceil((last + 1 - plan.first) / batchSize),
    totalBatches: Math.ceil(plan.total / batchSize),
    batchSize,
    processingTimeS: meter.totalSeconds,
    filesPerSecond: meter.progress().pairsPerSecond,
  };
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
