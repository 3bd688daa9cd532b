import type { StageStore } from '../checkpoint/stage-store.ts';
import type { RunConfig } from '../config/run-config.ts';
import type { EncoderClient } from '../engine/encoder-client.ts';
import type { Job } from '../engine/isolate-crashes.ts';
import type { MidiPool } from '../engine/midi-pool.ts';
import { type RetryOptions, retryTransient } from '../engine/retry-transient.ts';
import type { MidiJob } from '../worker/midi-messages.ts';
import type { TextJob } from '../worker/text-messages.ts';
import type { OpenedRun } from './open-stages.ts';
import { PROCESSED_ELSEWHERE, processedElsewhere } from './processed-elsewhere.ts';
import { runMainPass, runRetryPass, type Stage } from './stage.ts';
import { StageMeter } from './stage-meter.ts';

export interface StageMeters {
  readonly midi: StageMeter;
  readonly text: StageMeter;
}

/**
 * Runs both stages at the same time, until they are done or the signal asks to stop. Where one fails, the other
 * finishes what is in flight and saves it before the failure is passed on.
 */
export async function runStages(run: OpenedRun, pool: MidiPool, encoder: EncoderClient): Promise<StageMeters> {
  const failure = new AbortController();
  const signal = AbortSignal.any([run.context.signal, failure.signal]);
  const meters = { midi: meterOf(run, run.midi), text: meterOf(run, run.text) };
  const guarded = async <J extends Job>(stage: Stage<J>): Promise<void> => {
    try {
      await runOne(run, stage, meters[stage.name], signal);
    } catch (error) {
      failure.abort();
      throw error;
    } finally {
      meters[stage.name].end();
    }
  };
  const ended = await Promise.allSettled([
    guarded(midiStage(run, pool, signal)),
    guarded(textStage(run, encoder, signal)),
  ]);
  const failed = ended.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return meters;
}

async function runOne<J extends Job>(
  { config, plan, context: { emit } }: OpenedRun,
  stage: Stage<J>,
  meter: StageMeter,
  signal: AbortSignal,
): Promise<void> {
  const tell = (type: 'progress' | 'saved') => () => emit({ type, stage: stage.name, progress: meter.progress() });
  const context = {
    plan,
    batchSize: config.batchSize,
    meter,
    signal,
    onProgress: tell('progress'),
    onSaved: tell('saved'),
  };
  if (config.mode === 'retry') await runRetryPass(stage, context, await failedIndexes(stage.store));
  else await runMainPass(stage, context);
}

function midiStage({ config, midi }: OpenedRun, pool: MidiPool, signal: AbortSignal): Stage<MidiJob> {
  return {
    name: 'midi',
    store: midi,
    jobOf: ({ index, midiFile }) => ({ index, midiFile }),
    work: processedElsewhere(config.processingCheckpoint, retryTransient(pool.run, retryOptions(config, signal))),
    batchPairs: config.batchSize,
    batchesPerCommit: config.checkpointInterval,
    window: 2 * config.workers,
  };
}

/** The encoder gets a whole checkpoint interval at a time: it sorts its texts by length, which needs many of them. */
function textStage({ config, text }: OpenedRun, encoder: EncoderClient, signal: AbortSignal): Stage<TextJob> {
  return {
    name: 'text',
    store: text,
    jobOf: ({ index, text: caption, textFile }) => ({ index, text: caption, textFile }),
    work: processedElsewhere(config.processingCheckpoint, retryTransient(encoder.run, retryOptions(config, signal))),
    batchPairs: config.batchSize * config.checkpointInterval,
    batchesPerCommit: 1,
    window: 2,
  };
}

function retryOptions({ maxRetries }: RunConfig, signal: AbortSignal): RetryOptions {
  return { maxRetries, firstPauseMs: 250, signal };
}

function meterOf({ config, plan }: OpenedRun, { saved }: StageStore): StageMeter {
  const seconds = saved.batch_info.processing_time;
  return config.mode === 'retry'
    ? new StageMeter(saved.failed_count, { done: 0, failed: 0, seconds })
    : new StageMeter(plan.total, { done: saved.processed_data.records, failed: saved.failed_count, seconds });
}

async function failedIndexes(store: StageStore): Promise<number[]> {
  const indexes: number[] = [];
  for await (const { index, code } of store.failures()) if (code !== PROCESSED_ELSEWHERE) indexes.push(index);
  return indexes;
}
