import { Piscina } from 'piscina';
import type { BatchResult } from '../worker/batch-result.ts';
import type { MidiJob, MidiWorkerSettings } from '../worker/midi-messages.ts';
import { isolateCrashes } from './isolate-crashes.ts';

/** The worker threads of the MIDI stage. */
export interface MidiPool {
  run(jobs: readonly MidiJob[]): Promise<BatchResult>;
  /** Waits for nothing: call it when no batch is in flight. */
  close(): Promise<void>;
}

/** A worker's JavaScript heap; typed arrays live outside it and are bounded by the decoder's limits. */
const WORKER_HEAP_MB = 1024;

export function openMidiPool(settings: MidiWorkerSettings, workers: number): MidiPool {
  const pool = new Piscina({
    filename: new URL('../worker/midi-worker.js', import.meta.url).href,
    workerData: settings,
    minThreads: workers,
    maxThreads: workers,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
  });
  return {
    run: isolateCrashes((jobs: readonly MidiJob[]): Promise<BatchResult> => pool.run(jobs), 'midi_worker_crashed'),
    close: () => pool.destroy(),
  };
}
