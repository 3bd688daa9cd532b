import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../errors.ts';
import { type CacheFile, cachePath, currentGeneration, openCacheFile, sealed } from './cache-file.ts';
import type { CacheKey } from './cache-key.ts';

export interface CacheEntry {
  readonly key: CacheKey;
  readonly bytes: Uint8Array;
}

/** What is in a cache. */
export interface CacheInfo {
  readonly directory: string;
  readonly entries: number;
  /** Taken by the entries. */
  readonly bytes: number;
  /** Of the file on disk, which is reused and does not shrink. */
  readonly file_bytes: number;
}

/**
 * The side of the cache that stores. Safe with several processes at a time and at any kill: LMDB commits whole
 * transactions, and readers see the last one.
 */
export class ResultCache {
  readonly directory: string;
  readonly #file: CacheFile;
  readonly #limitBytes: number;
  #lastStore: Promise<void> = Promise.resolve();

  private constructor(directory: string, file: CacheFile, limitBytes: number) {
    this.directory = directory;
    this.#file = file;
    this.#limitBytes = limitBytes;
  }

  /** @throws Error where the folder or the file cannot be used, or the native library is not there. */
  static async open(directory: string, limitBytes: number): Promise<ResultCache> {
    await mkdir(directory, { recursive: true });
    const file = await openCacheFile(directory, { readOnly: false });
    // Processes that were killed left their places in the table of readers.
    file.environment.readerCheck();
    if (file.about.get('generation') === undefined) await file.about.put('generation', 0);
    return new ResultCache(directory, file, limitBytes);
  }

  /**
   * Stores results; returns when those of the call before are stored, so that what waits stays bounded.
   *
   * @throws Error where the results of the call before could not be stored.
   */
  async store(entries: readonly CacheEntry[]): Promise<void> {
    const before = this.#lastStore;
    this.#lastStore = this.#store(entries);
    this.#lastStore.catch(() => {
      // Told to the next caller, or to `close`.
    });
    await before;
  }

  async #store(entries: readonly CacheEntry[]): Promise<void> {
    const { generations } = this.#file;
    const current = generations[currentGeneration(this.#file) % 2];
    const kept = entries.filter(({ bytes }) => bytes.byteLength < this.#limitBytes / 8);
    if (current === undefined || kept.length === 0) return;
    await Promise.all(kept.map(({ key, bytes }) => current.put(key, sealed(key, bytes))));
    if (sizeOf(current).bytes > this.#limitBytes / 2) await this.#turnGeneration();
  }

  /** Drops the elder generation. Another process may have done so in the meantime: then it is left as it is. */
  async #turnGeneration(): Promise<void> {
    const { environment, generations, about } = this.#file;
    const seen = currentGeneration(this.#file);
    await environment.transaction(() => {
      if (currentGeneration(this.#file) !== seen) return;
      generations[1 - (seen % 2)]?.clearSync();
      about.putSync('generation', seen + 1);
    });
  }

  /** Drops generations until the cache is within its limit, the elder one first. */
  async prune(): Promise<void> {
    for (let turn = 0; turn < 2 && this.#entrySizes().bytes > this.#limitBytes; turn++) await this.#turnGeneration();
  }

  async info(): Promise<CacheInfo> {
    const fileBytes = (await stat(cachePath(this.directory))).size;
    return { directory: this.directory, ...this.#entrySizes(), file_bytes: fileBytes };
  }

  #entrySizes(): { readonly entries: number; readonly bytes: number } {
    const [even, odd] = this.#file.generations.map(sizeOf);
    return {
      entries: (even?.entries ?? 0) + (odd?.entries ?? 0),
      bytes: (even?.bytes ?? 0) + (odd?.bytes ?? 0),
    };
  }

  /** @throws Error where the last results could not be stored. */
  async close(): Promise<void> {
    try {
      await this.#lastStore;
    } finally {
      await this.#file.environment.close();
    }
  }
}

/** Removes the cache's files. A run that is using them goes on without harm, and what it stores is lost. */
export async function clearCache(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if (/^results-\d+\.mdb(-lock)?$/.test(name)) await rm(join(directory, name));
  }
}

function sizeOf(generation: CacheFile['generations'][number]): { readonly entries: number; readonly bytes: number } {
  const statistics: Partial<Record<string, unknown>> = generation.getStats();
  const count = (name: string): number => {
    const value = statistics[name];
    return typeof value === 'number' ? value : 0;
  };
  const pages = count('treeBranchPageCount') + count('treeLeafPageCount') + count('overflowPages');
  return { entries: count('entryCount'), bytes: pages * count('pageSize') };
}
