import { ConfigError, StorageError } from '../errors.ts';
import { silent } from '../log.ts';
import { inputOptionsOf } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Pair } from '../manifest/pair.ts';
import type { Plan } from '../manifest/plan.ts';
import { readManifestNote } from '../run-directory/manifest-note-file.ts';
import { readRunDescription } from '../run-directory/run-description.ts';

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
  #inputFile: string | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Those of the pairs that it has. @param inputFile - as the run named it last. */
  async pick(
    inputFile: string | undefined,
    total: number,
    indices: readonly number[],
  ): Promise<ReadonlyMap<number, Pair>> {
    if (inputFile !== this.#inputFile) {
      this.#inputFile = inputFile;
      this.#windows.clear();
      this.#plan = undefined;
    }
    const found = new Map<number, Pair>();
    if (inputFile === undefined) return found;
    for (const window of new Set(indices.map((index) => Math.floor(index / WINDOW)))) {
      for (const pair of await this.#window(window, inputFile, total)) found.set(pair.index, pair);
    }
    return found;
  }

  #window(window: number, inputFile: string, total: number): Promise<readonly Pair[]> {
    const reading = this.#windows.get(window) ?? this.#read(window * WINDOW, inputFile, total);
    this.#windows.delete(window);
    this.#windows.set(window, reading);
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= KEPT) break;
      this.#windows.delete(oldest);
    }
    return reading;
  }

  async #read(first: number, inputFile: string, total: number): Promise<readonly Pair[]> {
    try {
      const plan = await this.#planAt(first, inputFile, total);
      for await (const { pairs } of plan.batches(first, WINDOW)) return pairs;
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof StorageError)) throw error;
    }
    return [];
  }

  /** With the run's note of it a manifest is opened in no time; without one it is read once. */
  async #planAt(first: number, inputFile: string, total: number): Promise<Plan> {
    const note = await readManifestNote(this.#directory, silent);
    const options = { ...inputOptionsOf((await readRunDescription(this.#directory))?.options ?? {}), inputFile };
    if (note !== undefined) return openPlan({ ...options, note, marks: [first] });
    const marks = Array.from({ length: Math.ceil(total / MARKS_APART) }, (_, at) => at * MARKS_APART);
    this.#plan ??= openPlan({ ...options, marks });
    return this.#plan;
  }
}
