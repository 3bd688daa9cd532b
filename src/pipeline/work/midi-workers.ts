import type { RunConfig } from '../../config/run-config.ts';
import { threadsOf } from '../../config/threads.ts';
import { type MidiPool, openMidiPool } from '../../engine/midi-pool.ts';
import type { Chosen } from '../choose/choose.ts';
import { midiWorkerSettings } from './midi-worker-settings.ts';
import type { StageCache } from './run-cache.ts';

/** The worker threads of a run. The first takes as long to start as a run to open, and may do so at the same time. */
export class MidiWorkers {
  readonly #config: RunConfig;
  readonly #chosen: Chosen;
  #started: MidiPool | undefined;

  constructor(config: RunConfig, chosen: Chosen) {
    this.#config = config;
    this.#chosen = chosen;
  }

  /** Where there is a cache, it has to be opened first. */
  startFirst(midiRoot: string): void {
    if (this.#config.useCache) return;
    this.#started = this.#open(midiRoot, undefined);
    this.#started.start();
  }

  /** The caller closes it. */
  take(midiRoot: string, cache: StageCache | undefined): MidiPool {
    const pool = this.#started ?? this.#open(midiRoot, cache);
    this.#started = undefined;
    return pool;
  }

  /** Ends what nobody took. */
  async close(): Promise<void> {
    await this.#started?.close();
  }

  #open(midiRoot: string, cache: StageCache | undefined): MidiPool {
    const config = this.#config;
    const settings = midiWorkerSettings(config, { midiRoot, tokenizer: this.#chosen.tokenizer, cache: cache?.access });
    const taskTimeoutMs = config.taskTimeout * 1000;
    return openMidiPool(settings, { workers: threadsOf(config.workers), taskTimeoutMs, onResult: cache?.onResult });
  }
}
