import { stat } from 'node:fs/promises';
import { type CacheFile, cachePath, currentGeneration, openCacheFile, sealed, unsealed } from './cache-file.ts';
import type { CacheEntry, CacheInfo } from './cache-messages.ts';

/**
 * The side of the cache that stores, in the cache's own process. Safe with several processes at a time and at any kill: LMDB commits whole
 * transactions, and readers see the last one.
 */
export class ResultStore {
  readonly directory: string;
  readonly #file: CacheFile;
  readonly #limitBytes: number;

  private constructor(directory: string, file: CacheFile, limitBytes: number) {
    this.directory = directory;
    this.#file = file;
    this.#limitBytes = limitBytes;
  }

  /** @throws Error where the file cannot be used, or the native library is not there. */
  static async open(directory: string, limitBytes: number): Promise<ResultStore> {
    const file = await openCacheFile(directory, { readOnly: false });
    // Processes that were killed left their places in the table of readers.
    file.environment.readerCheck();
    if (file.about.get('generation') === undefined) await file.about.put('generation', 0);
    return new ResultStore(directory, file, limitBytes);
  }

  /** Returns when the results are on the disk. */
  async store(entries: readonly CacheEntry[]): Promise<void> {
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
    // It may have been cleared meanwhile: what is open goes on without a name.
    const fileBytes = (await stat(cachePath(this.directory)).catch(() => undefined))?.size ?? 0;
    return { directory: this.directory, ...this.#entrySizes(), file_bytes: fileBytes };
  }

  #entrySizes(): { readonly entries: number; readonly bytes: number } {
    const [even, odd] = this.#file.generations.map(sizeOf);
    return {
      entries: (even?.entries ?? 0) + (odd?.entries ?? 0),
      bytes: (even?.bytes ?? 0) + (odd?.bytes ?? 0),
    };
  }

  async close(): Promise<void> {
    await this.#file.environment.close();
  }

  /**
   * Reads everything once, as a file that is damaged may end the process that maps it: by a signal, where it was cut or a
   * page was overwritten, or, by a loop, never.
   *
   * @throws Error where something is not as LMDB keeps it.
   */
  async checkAll(onProgress: () => void): Promise<void> {
    const { environment, generations, about } = this.#file;
    const statistics: Partial<Record<string, unknown>> = environment.getStats();
    const pages = countIn(statistics, 'lastPageNumber') + 1;
    const { size } = await stat(cachePath(this.directory));
    if (size < pages * countIn(statistics, 'pageSize')) throw new Error(`it was cut to ${size} bytes`);
    if (!Number.isSafeInteger(about.get('generation') ?? 0)) throw new Error('its generation is no number');
    for (const generation of generations) {
      let before: Uint8Array | undefined;
      for (const { key, value } of generation.getRange()) {
        if (before !== undefined && Buffer.compare(before, key) >= 0) throw new Error('its keys are out of order');
        before = Buffer.from(key);
        unsealed(key, value);
        onProgress();
      }
    }
  }
}

function sizeOf(generation: CacheFile['generations'][number]): { readonly entries: number; readonly bytes: number } {
  const statistics: Partial<Record<string, unknown>> = generation.getStats();
  const count = (name: string): number => countIn(statistics, name);
  const pages = count('treeBranchPageCount') + count('treeLeafPageCount') + count('overflowPages');
  return { entries: count('entryCount'), bytes: pages * count('pageSize') };
}

function countIn(statistics: Partial<Record<string, unknown>>, name: string): number {
  const value = statistics[name];
  return typeof value === 'number' ? value : 0;
}
