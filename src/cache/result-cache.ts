import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../errors.ts';
import { CacheChild } from './cache-child.ts';
import { cachePath } from './cache-file.ts';
import type { CacheEntry, CacheInfo } from './cache-messages.ts';
import { sealPath } from './cache-seal.ts';

export interface ResultCacheOptions {
  readonly limitBytes: number;
  /** Told where a damaged cache was put aside. */
  readonly onNotice: (message: string) => void;
  /** The program of the cache's process; for tests. */
  readonly entry?: URL;
}

const PROCESS_ENTRY = new URL('../cache/cache-process.js', import.meta.url);

/** The side of the cache that stores; the file is in the hands of a process of its own. */
export class ResultCache {
  readonly directory: string;
  readonly #child: CacheChild;
  #lastStore: Promise<unknown> = Promise.resolve();

  private constructor(directory: string, child: CacheChild) {
    this.directory = directory;
    this.#child = child;
  }

  /**
   * Opens the cache, or an empty one in place of one that is damaged. When it is open, its file can be mapped.
   *
   * @throws Error where the folder or the file cannot be used, or the native library is not there.
   */
  static async open(directory: string, options: ResultCacheOptions): Promise<ResultCache> {
    const { limitBytes, onNotice, entry = PROCESS_ENTRY } = options;
    await mkdir(directory, { recursive: true });
    const inode = await inodeOf(directory);
    const start = await CacheChild.start(entry, directory, limitBytes);
    if (start.kind === 'ready') return new ResultCache(directory, start.child);
    if (start.kind === 'unusable') throw new Error(start.reason);
    onNotice(`the cache in ${directory} is damaged (${start.reason}); ${await setAside(directory, inode)}`);
    const fresh = await CacheChild.start(entry, directory, limitBytes);
    if (fresh.kind !== 'ready') throw new Error(fresh.reason);
    return new ResultCache(directory, fresh.child);
  }

  /**
   * Stores results; returns when those of the call before are stored, so that what waits stays bounded.
   *
   * @throws Error where the results of the call before could not be stored.
   */
  async store(entries: readonly CacheEntry[]): Promise<void> {
    const before = this.#lastStore;
    this.#lastStore = this.#child.ask({ do: 'store', entries });
    this.#lastStore.catch(() => {
      // Told to the next caller, or to `close`.
    });
    await before;
  }

  /** Drops generations until the cache is within its limit, the elder one first. */
  prune(): Promise<CacheInfo> {
    return this.#child.ask({ do: 'prune' });
  }

  info(): Promise<CacheInfo> {
    return this.#child.ask({ do: 'info' });
  }

  /** @throws Error where the last results could not be stored. */
  async close(): Promise<void> {
    try {
      await this.#lastStore;
    } finally {
      await this.#child.close();
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
    if (/^results-\d+\.mdb(-lock|\.seal|\.broken)?$/.test(name)) await rm(join(directory, name));
  }
}

/** Moves a damaged file out of the way, unless another process has done so already; says what was done. */
async function setAside(directory: string, inode: bigint | undefined): Promise<string> {
  const file = cachePath(directory);
  const aside = `${file}.broken`;
  if ((await inodeOf(directory)) === inode) {
    await rename(file, aside);
    // The table of readers may be what is damaged.
    await rm(`${file}-lock`, { force: true });
    await rm(sealPath(directory), { force: true });
  }
  return `it was moved to ${aside}, and an empty one takes its place`;
}

async function inodeOf(directory: string): Promise<bigint | undefined> {
  return (await stat(cachePath(directory), { bigint: true }).catch(() => undefined))?.ino;
}
