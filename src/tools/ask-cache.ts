import { stat } from 'node:fs/promises';
import { cachePath } from '../cache/cache-file.ts';
import { ResultCache } from '../cache/result-cache.ts';
import type { RunConfig } from '../config/run-config.ts';
import { resultCacheDirectory } from '../pipeline/work/run-cache.ts';

/** Opens the cache of results for one question; `null` where there is none. */
export async function askCache<Answer>(
  { cacheDir, cacheSize }: Pick<RunConfig, 'cacheDir' | 'cacheSize'>,
  question: (cache: ResultCache) => Promise<Answer>,
  onNotice: (message: string) => void,
): Promise<Answer | null> {
  const directory = resultCacheDirectory({ cacheDir });
  if ((await stat(cachePath(directory)).catch(() => undefined)) === undefined) return null;
  const cache = await ResultCache.open(directory, { limitBytes: cacheSize * 2 ** 20, onNotice });
  try {
    return await question(cache);
  } finally {
    await cache.close();
  }
}
