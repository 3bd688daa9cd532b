import { join } from 'node:path';
import { userCacheFolder } from '../config/user-cache-folder.ts';

/**
 * Where downloaded models are kept: `$XDG_CACHE_HOME/midiloom/models` or `~/.cache/midiloom/models`,
 * `~/Library/Caches/midiloom/models` on macOS, `%LOCALAPPDATA%\midiloom\models` on Windows.
 */
export function defaultModelCache(): string {
  return join(userCacheFolder(), 'midiloom', 'models');
}

/** The folder of one model, as the hub code of transformers.js lays its cache out. */
export function cachedModelDirectory(cacheDir: string, name: string, revision: string): string {
  return revision === 'main' ? join(cacheDir, name) : join(cacheDir, name, revision);
}
