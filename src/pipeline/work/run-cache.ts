import { join } from 'node:path';
import { ResultCache } from '../../cache/result-cache.ts';
import { readFrames } from '../../checkpoint/record-frame.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { userCacheFolder } from '../../config/user-cache-folder.ts';
import { messageOf } from '../../errors.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { CacheCounts } from '../../stats/processing-stats.ts';
import type { CacheAccess } from '../../worker/batch-cache.ts';
import type { BatchResult } from '../../worker/batch-result.ts';

export type StageCacheCounts = Readonly<Record<StageName, CacheCounts>>;

/** What `--use_cache` is for one stage: where its workers look, and what is done with what they made. */
export interface StageCache {
  readonly access: CacheAccess;
  /** Stores what was not found. Never throws: a cache that fails is a notice. */
  readonly onResult: (result: BatchResult) => Promise<void>;
  readonly counts: () => CacheCounts;
}

export interface RunCache {
  readonly stages: Readonly<Record<StageName, StageCache>>;
  counts(): StageCacheCounts;
  close(): Promise<void>;
}

/** Where results are kept: `--cache_dir`, else beside the models in the user's cache folder. */
export function resultCacheDirectory({ cacheDir }: Pick<RunConfig, 'cacheDir'>): string {
  return cacheDir ?? join(userCacheFolder(), 'midiloom', 'results');
}

/** Opens the cache of a run; `undefined` without `--use_cache`, and, with a notice, where it cannot be used. */
export async function openRunCache(
  config: RunConfig,
  fingerprints: Readonly<Record<StageName, string>>,
  notice: (message: string) => void,
): Promise<RunCache | undefined> {
  if (!config.useCache) return undefined;
  const directory = resultCacheDirectory(config);
  const unusable = (error: unknown): void =>
    notice(`the cache in ${directory} cannot be used, the run goes on without: ${messageOf(error)}`);
  let cache: ResultCache;
  try {
    cache = await ResultCache.open(directory, { limitBytes: config.cacheSize * 2 ** 20, onNotice: notice });
  } catch (error) {
    unusable(error);
    return undefined;
  }
  const storing = new Storing(cache, unusable);
  const midi = stageCache(storing, { directory, fingerprint: fingerprints.midi });
  const text = stageCache(storing, { directory, fingerprint: fingerprints.text });
  return {
    stages: { midi, text },
    counts: () => ({ midi: midi.counts(), text: text.counts() }),
    close: () => cache.close().catch(unusable),
  };
}

/** Stores until that fails once. */
class Storing {
  readonly #cache: ResultCache;
  readonly #unusable: (error: unknown) => void;
  #hasFailed = false;

  constructor(cache: ResultCache, unusable: (error: unknown) => void) {
    this.#cache = cache;
    this.#unusable = unusable;
  }

  async store({ frames, cache }: BatchResult): Promise<void> {
    if (this.#hasFailed || cache === undefined || cache.toStore.length === 0) return;
    const keys = new Map(cache.toStore);
    const entries = [...readFrames(frames)].flatMap(({ index, bytes }) => {
      const key = keys.get(index);
      return key === undefined ? [] : [{ key, bytes }];
    });
    try {
      await this.#cache.store(entries);
    } catch (error) {
      this.#hasFailed = true;
      this.#unusable(error);
    }
  }
}

function stageCache(storing: Storing, access: CacheAccess): StageCache {
  let hits = 0;
  let misses = 0;
  return {
    access,
    onResult: (result) => {
      hits += result.cache?.hits ?? 0;
      misses += result.cache?.misses ?? 0;
      return storing.store(result);
    },
    counts: () => ({ hits, misses }),
  };
}
