import { homedir } from 'node:os';
import { join } from 'node:path';

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

/** The folder where a user's programs keep what can be made again. */
export function userCacheFolder(): string {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  // An empty value counts as unset (XDG Base Directory Specification).
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}
