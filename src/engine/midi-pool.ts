import { Piscina } from 'piscina';
import type { BatchResult } from '../worker/batch-result.ts';
import type { MidiJob, MidiWorkerSettings } from '../worker/midi-messages.ts';
import { isolateCrashes } from './isolate-crashes.ts';
import { limitConcurrency } from './limit-concurrency.ts';
import { TimedOut } from './timed-out.ts';

/** The worker threads of the MIDI stage. */
export interface MidiPool {
  /** Starts a thread, which loads its program meanwhile, before there is a batch for it. */
  start(): void;
  run(jobs: readonly MidiJob[]): Promise<BatchResult>;
  /** Waits for nothing: call it when no batch is in flight. */
  close(): Promise<void>;
}

export interface MidiPoolOptions {
  readonly workers: number;
  /** Longest time for a batch, and then for each of its pairs alone. */
  readonly taskTimeoutMs: number;
  /** Sees each batch as it comes from a worker; must not throw. */
  readonly onResult?: ((result: BatchResult) => Promise<void>) | undefined;
  /** JavaScript heap of a worker; typed arrays live outside it and are bounded by the decoder's limits. */
  readonly heapMb?: number;
  /** Another program than midiloom's own; for tests of what a worker may do. */
  readonly entry?: URL;
}

const WORKER_HEAP_MB = 1024;
/** Little of a file outlives it: a small nursery costs no time, and a large one grows to 48 MB in every worker. */
const WORKER_NURSERY_MB = 8;
const WORKER_ENTRY = new URL('../worker/midi-worker.js', import.meta.url);

export function openMidiPool(settings: MidiWorkerSettings, options: MidiPoolOptions): MidiPool {
  const { workers, taskTimeoutMs, onResult, heapMb = WORKER_HEAP_MB, entry = WORKER_ENTRY } = options;
  const pool = new Piscina({
    filename: entry.href,
    workerData: settings,
    // A worker starts when there is a batch for it: to start one costs more than thirty files do.
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    // Nobody reads its histograms.
    recordTiming: false,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: WORKER_NURSERY_MB },
  });
  // A worker that a time-out has ended may still report how it died (out of memory): its batch has its answer already, it
  // is replaced, and with nobody listening Node would end the process.
  pool.on('error', () => {});
  // A task is handed over only when a worker is free, so that its time does not run while it waits.
  const whenFree = limitConcurrency(workers);
  const run = (jobs: readonly MidiJob[]): Promise<BatchResult> =>
    whenFree(async () => {
      const signal = AbortSignal.timeout(taskTimeoutMs);
      try {
        return await pool.run(jobs, { signal });
      } catch (error) {
        throw signal.aborted ? new TimedOut(taskTimeoutMs) : error;
      }
    });
  const observed = async (jobs: readonly MidiJob[]): Promise<BatchResult> => {
    const result = await run(jobs);
    await onResult?.(result);
    return result;
  };
  return {
    // What is wrong with a thread shows at the batches.
    start: () => void run([]).catch(() => {}),
    run: isolateCrashes(observed, (crash) => (crash instanceof TimedOut ? 'midi_timeout' : 'midi_worker_crashed')),
    close: () => pool.destroy(),
  };
}
