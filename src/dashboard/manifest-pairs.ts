import { ConfigError, StorageError } from '../errors.ts';
import { silent } from '../log.ts';
import { inputOptionsOf } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Pair } from '../manifest/pair.ts';
import type { Plan } from '../manifest/plan.ts';
import { readManifestNote } from '../run-directory/manifest-note-file.ts';
import { type RunDescription, readRunDescription } from '../run-directory/run-description.ts';

/** Pairs that are read at a time, and windows that are kept. */
const WINDOW = 256;
const KEPT = 32;
/** Where a manifest is read from again of which the run has no note: so many pairs apart. */
const MARKS_APART = 4096;

/** What a run's manifest says of single pairs; nothing where it cannot be read any more. */
export class ManifestPairs {
  readonly #directory: string;
  readonly #windows = new Map<number, Promise<readonly Pair[]>>();
  #plan: Promise<Plan> | undefined;
  #planEnd = 0;
  #inputFile: string | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Those of the pairs that it has.
   *
   * @param named - the manifest as a checkpoint names it; without one it is that of `run.json`.
   * @param end - behind the last pair that may be asked for.
   */
  async pick(named: string | undefined, end: number, indices: readonly number[]): Promise<ReadonlyMap<number, Pair>> {
    const inputFile = named ?? (await this.#remembered()).inputFile ?? undefined;
    if (inputFile !== this.#inputFile) {
      this.#inputFile = inputFile;
      this.#windows.clear();
      this.#plan = undefined;
    }
    const found = new Map<number, Pair>();
    if (inputFile === undefined) return found;
    for (const window of new Set(indices.map((index) => Math.floor(index / WINDOW)))) {
      for (const pair of await this.#window(window, inputFile, end)) found.set(pair.index, pair);
    }
    return found;
  }

  #window(window: number, inputFile: string, end: number): Promise<readonly Pair[]> {
    const reading = this.#windows.get(window) ?? this.#read(window * WINDOW, inputFile, end);
    this.#windows.delete(window);
    this.#windows.set(window, reading);
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= KEPT) break;
      this.#windows.delete(oldest);
    }
    return reading;
  }

  async #read(first: number, inputFile: string, end: number): Promise<readonly Pair[]> {
    try {
      const plan = await this.#planAt(first, inputFile, end);
      for await (const { pairs } of plan.batches(first, WINDOW)) return pairs;
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof StorageError)) throw error;
    }
    return [];
  }

  /** What cannot be read is said by whoever needs it. */
  async #remembered(): Promise<RunDescription['options']> {
    return (await readRunDescription(this.#directory).catch(() => undefined))?.options ?? {};
  }

  /** With the run's note of it a manifest is opened in no time; without one it is read once. */
  async #planAt(first: number, inputFile: string, end: number): Promise<Plan> {
    const note = await readManifestNote(this.#directory, silent);
    const options = { ...inputOptionsOf(await this.#remembered()), inputFile };
    if (note !== undefined) return openPlan({ ...options, note, trustsTimes: true, marks: [first] });
    // Of a run in tasks the next one ends further on.
    if (this.#plan === undefined || end > this.#planEnd) {
      const marks = Array.from({ length: Math.ceil(end / MARKS_APART) }, (_, at) => at * MARKS_APART);
      this.#plan = openPlan({ ...options, marks });
      this.#planEnd = end;
    }
    return this.#plan;
  }
}
