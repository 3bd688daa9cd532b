import { type CacheFile, currentGeneration, openCacheFile, unsealed } from './cache-file.ts';
import type { CacheKey } from './cache-key.ts';

export interface CachedResult {
  readonly bytes: Uint8Array;
  /** Whether it will be dropped with its generation unless it is stored again. */
  readonly isElder: boolean;
}

/** Looks results up; in the threads and processes that make results. */
export class CacheReader {
  readonly #file: CacheFile;
  #generation: number | undefined;

  private constructor(file: CacheFile) {
    this.#file = file;
  }

  /** @throws Error where the cache is not there: `ResultCache.open` makes it. */
  static async open(directory: string): Promise<CacheReader> {
    return new CacheReader(await openCacheFile(directory, { readOnly: true }));
  }

  find(key: CacheKey): CachedResult | undefined {
    this.#generation ??= currentGeneration(this.#file);
    const current = this.#generation % 2;
    for (const which of [current, 1 - current] as const) {
      const value = this.#file.generations[which]?.getBinary(key);
      const bytes = value && unsealed(key, value);
      if (bytes !== undefined) return { bytes, isElder: which !== current };
    }
    return undefined;
  }

  /** Lets go of the state it was reading, which could not be cleaned up behind it. Call it after every batch. */
  endBatch(): void {
    this.#generation = undefined;
    this.#file.about.resetReadTxn();
  }
}
