import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder where a user's programs keep what can be made again. */
export function userCacheFolder(): string {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  // An empty value counts as unset (XDG Base Directory Specification).
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}
