import { type CacheKey, cacheKey } from '../cache/cache-key.ts';
import { CacheReader } from '../cache/cache-reader.ts';
import type { CacheUse } from './batch-result.ts';

/** Where results of earlier runs are, and what must have made them. */
export interface CacheAccess {
  readonly directory: string;
  /** The id of the stage's fingerprint. */
  readonly fingerprint: string;
}

/** Looks up the records of a batch and keeps what the parent must know to store the others. */
export class BatchCache {
  readonly #reader: CacheReader;
  readonly #fingerprint: string;
  #hits = 0;
  #misses = 0;
  #toStore: (readonly [index: number, key: CacheKey])[] = [];

  private constructor(reader: CacheReader, fingerprint: string) {
    this.#reader = reader;
    this.#fingerprint = fingerprint;
  }

  /** `undefined` where there is no cache, or it cannot be opened: it only saves time, and the parent has told by then. */
  static async open(access: CacheAccess | undefined): Promise<BatchCache | undefined> {
    if (access === undefined) return undefined;
    try {
      return new BatchCache(await CacheReader.open(access.directory), access.fingerprint);
    } catch {
      return undefined;
    }
  }

  /**
   * The record that was made from the same content.
   *
   * @param maker - what the record depends on besides the fingerprint.
   */
  find(index: number, content: Uint8Array | string, maker = ''): Uint8Array | undefined {
    const key = cacheKey(`${this.#fingerprint} ${maker}`, content);
    const found = this.#reader.find(key);
    if (found === undefined) this.#misses++;
    else this.#hits++;
    if (found === undefined || found.isElder) this.#toStore.push([index, key]);
    return found?.bytes;
  }

  /** What became of the lookups since the last call. */
  endBatch(): CacheUse {
    const use = { hits: this.#hits, misses: this.#misses, toStore: this.#toStore };
    this.#hits = 0;
    this.#misses = 0;
    this.#toStore = [];
    this.#reader.endBatch();
    return use;
  }
}
