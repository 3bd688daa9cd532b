import { contextOf } from '../../checkpoint/describe-checkpoint.ts';
import type { StageStore } from '../../checkpoint/stage-store.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { threadsOf } from '../../config/threads.ts';
import type { EncoderClient } from '../../engine/encoder-client.ts';
import type { Job } from '../../engine/isolate-crashes.ts';
import type { MidiPool } from '../../engine/midi-pool.ts';
import { noticeLostInput } from '../../engine/notice-lost-input.ts';
import { type RetryOptions, retryTransient } from '../../engine/retry-transient.ts';
import { MIDI_INPUT, TEXT_INPUT } from '../../inputs/stage-input.ts';
import { foreignRows } from '../../interchange/foreign-rows.ts';
import { type FetchedFile, fetchCaption, fetchMidi } from '../../manifest/fetched-file.ts';
import type { FileAccess } from '../../manifest/read-contained-file.ts';
import type { Exemption } from '../../run-directory/exemptions.ts';
import { firstOf, processedElsewhere, skipped } from '../../run-directory/exemptions.ts';
import { MetricsLog, type SaveMetrics } from '../../run-directory/metrics-log.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import { isS3Address } from '../../s3/s3-address.ts';
import type { BatchResult } from '../../worker/batch-result.ts';
import type { MidiJob } from '../../worker/midi-messages.ts';
import type { TextJob } from '../../worker/text-messages.ts';
import { inputReadingOf } from '../choose/input-reading.ts';
import type { OpenedRun } from '../open/open-run.ts';
import { beginRetry, endRetry } from '../open/retry-pairs.ts';
import type { KeepOutcomes } from '../update/keep-outcomes.ts';
import { fetchFiles } from './fetch-files.ts';
import { finishedJobs } from './finished-jobs.ts';
import { pairsToRedo } from './redo-pairs.ts';
import type { StageCacheCounts } from './run-cache.ts';
import { runMainPass, runRedoPass, runRetryPass, type Stage } from './stage.ts';
import { StageMeter } from './stage-meter.ts';

export interface StageMeters {
  readonly midi: StageMeter;
  readonly text: StageMeter;
  /** Where a cache was used. */
  readonly cache?: StageCacheCounts;
}

/**
 * Runs both stages at the same time, until they are done or the signal asks to stop. Where one fails, the other
 * finishes what is in flight and saves it before the failure is passed on.
 */
export async function runStages(run: OpenedRun, pool: MidiPool, encoder: EncoderClient): Promise<StageMeters> {
  const failure = new AbortController();
  const signal = AbortSignal.any([run.context.signal, failure.signal]);
  const meters = { midi: meterOf(run, run.midi), text: meterOf(run, run.text) };
  const metrics = new MetricsLog(run.config.outputDir, (message) => run.context.emit({ type: 'notice', message }));
  const guarded = async <J extends Job>(stage: Stage<J>): Promise<void> => {
    try {
      await runOne(run, stage, meters[stage.name], signal, metrics);
    } catch (error) {
      failure.abort();
      // Where the disk is at fault this fails too, and the checkpoint stays as it was.
      const context = { ...contextOf(stage.store.saved), totalPairs: run.plan.total };
      await stage.store.saveStatus('failed', context).catch(() => {});
      throw error;
    } finally {
      meters[stage.name].end();
    }
  };
  const stages = {
    midi: withFiles(run, midiStage(run, pool, await exemptionOf(run, run.midi), signal), readsMidi),
    text: withFiles(run, textStage(run, encoder, await exemptionOf(run, run.text), signal), readsText),
  };
  const ended = await Promise.allSettled([guarded(stages.midi), guarded(stages.text)]);
  await metrics.settled();
  const failed = ended.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return meters;
}

async function runOne<J extends Job>(
  opened: OpenedRun,
  stage: Stage<J>,
  meter: StageMeter,
  signal: AbortSignal,
  metrics: MetricsLog,
): Promise<void> {
  const { config, plan, context } = opened;
  const { emit, log } = context;
  const tell = (type: 'progress' | 'saved') => () => emit({ type, stage: stage.name, progress: meter.progress() });
  const told = {
    plan,
    batchSize: config.batchSize,
    meter,
    signal,
    log,
    onProgress: tell('progress'),
    onSaved: () => {
      tell('saved')();
      metrics.add(metricsOf(stage, meter, opened));
    },
  };
  if (config.mode !== 'retry') await runMainPass(stage, told);
  const retry = signal.aborted ? undefined : await beginRetry(stage.store, config.mode === 'retry');
  if (retry !== undefined) {
    await runRetryPass(stage, told, retry);
    if (!signal.aborted) await endRetry(stage.store);
  }
  // After the retry, whose number was given to it when it was asked for.
  if (signal.aborted) return;
  const changed = await opened.changed(stage.name);
  if (!signal.aborted) await runRedoPass(stage, told, await pairsToRedo(stage.store, changed));
}

function metricsOf<J extends Job>(
  { name, store }: Stage<J>,
  meter: StageMeter,
  { plan, session }: OpenedRun,
): SaveMetrics {
  const { processed_data: segments, failed_count: failed } = store.saved;
  return {
    session_id: session.id,
    at: new Date().toISOString(),
    stage: name,
    done: segments.records,
    total: plan.total,
    failed,
    ...meter.sinceLastNote(),
    rss_bytes: process.memoryUsage.rss(),
    segment_bytes: segments.bytes,
  };
}

/** Pairs that the stage passes over. */
async function exemptionOf({ config }: OpenedRun, store: StageStore): Promise<Exemption> {
  const { skip } = await store.requests();
  const foreign = await foreignRows(store.files.foreign);
  return firstOf(skipped(skip), foreign, processedElsewhere(config.processingCheckpoint));
}

/** Stops the run where the files are gone that the stage reads. */
function withFiles<J extends Job>(
  { config, plan }: OpenedRun,
  stage: Stage<J>,
  readsFile: (job: J) => boolean,
): Stage<J> {
  const earlier = async (): Promise<readonly J[]> =>
    (await finishedJobs(stage.store, plan, stage.jobOf)).filter(readsFile);
  const root = config.midiRoot ?? plan.defaultMidiRoot;
  return { ...stage, work: noticeLostInput(stage.work, { readsFile, earlier, root }) };
}

const readsMidi = ({ midiFile, embedded }: MidiJob): boolean => midiFile !== undefined && embedded === undefined;
const readsText = ({ text, textFile }: TextJob): boolean => text === undefined && textFile !== undefined;

function midiStage(run: OpenedRun, pool: MidiPool, exemption: Exemption, signal: AbortSignal): Stage<MidiJob> {
  const { config, plan, midi } = run;
  return {
    name: 'midi',
    store: midi,
    readsMidi: true,
    input: MIDI_INPUT,
    reading: inputReadingOf(config, plan),
    jobOf: ({ index, midiFile, embedded, isLaterCaption, midiFault }) => ({
      index,
      midiFile,
      ...(embedded === undefined ? {} : { embedded }),
      ...(isLaterCaption ? { hasFileOfLast: true } : {}),
      ...(midiFault === undefined ? {} : { fault: midiFault }),
    }),
    work: fromBucket<MidiJob>(run, retryTransient(pool.run, retryOptions(config, signal)), {
      fileOf: ({ midiFile, embedded }) => (embedded === undefined ? midiFile : undefined),
      fetchFrom: fetchMidi,
    }),
    exemption,
    keep: keptBy(run, 'midi'),
    batchPairs: config.batchSize,
    batchesPerCommit: config.checkpointInterval,
    window: 2 * threadsOf(config.workers),
  };
}

interface InBucket<J> {
  readonly fileOf: (job: J) => string | undefined;
  readonly fetchFrom: (job: J, root: string, access: FileAccess) => Promise<FetchedFile | undefined>;
}

/** Where the files are in a bucket, they are fetched here: workers read what lies on a disk. */
function fromBucket<J extends Job & { readonly fetched?: FetchedFile | undefined }>(
  { config, plan }: OpenedRun,
  work: (jobs: readonly J[]) => Promise<BatchResult>,
  { fileOf, fetchFrom }: InBucket<J>,
): (jobs: readonly J[]) => Promise<BatchResult> {
  const root = config.midiRoot ?? plan.defaultMidiRoot;
  if (!isS3Address(root)) return work;
  const access = { allowOutside: config.allowOutside, maxBytes: Math.floor(config.maxFileMb * 2 ** 20) };
  return fetchFiles(work, { fileOf, fetch: (job) => fetchFrom(job, root, access) });
}

/** The encoder gets a whole checkpoint interval at a time: it sorts its texts by length, which needs many of them. */
function textStage(run: OpenedRun, encoder: EncoderClient, exemption: Exemption, signal: AbortSignal): Stage<TextJob> {
  const { config, plan, text } = run;
  return {
    name: 'text',
    store: text,
    readsMidi: false,
    input: TEXT_INPUT,
    reading: inputReadingOf(config, plan),
    jobOf: ({ index, text: caption, textFile, textFault }) => ({
      index,
      text: caption,
      textFile,
      ...(textFault === undefined ? {} : { fault: textFault }),
    }),
    work: fromBucket<TextJob>(run, retryTransient(encoder.run, retryOptions(config, signal)), {
      fileOf: ({ text: caption, textFile }) => (caption === undefined || caption === '' ? textFile : undefined),
      fetchFrom: fetchCaption,
    }),
    exemption,
    keep: keptBy(run, 'text'),
    batchPairs: config.batchSize * config.checkpointInterval,
    batchesPerCommit: 1,
    window: 2,
  };
}

/** In an update, what the stage takes over. */
function keptBy({ update }: OpenedRun, stage: StageName): KeepOutcomes | undefined {
  return update === undefined ? undefined : (indexes) => update.plan.keep(stage, indexes);
}

function retryOptions({ maxRetries }: RunConfig, signal: AbortSignal): RetryOptions {
  return { maxRetries, firstPauseMs: 250, signal };
}

function meterOf({ config, plan }: OpenedRun, { saved, firstIndex, lastIndex }: StageStore): StageMeter {
  const before = {
    done: lastIndex + 1 - firstIndex,
    failed: saved.failed_count,
    seconds: saved.batch_info.processing_time,
  };
  return new StageMeter(plan.total, before, config.mode === 'retry' ? 0 : undefined);
}
