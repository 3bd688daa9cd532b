import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { cachePath } from './cache-file.ts';

/**
 * A note beside the cache's file that the one who closed it left it whole, and how it looked then: as long as it looks so,
 * nobody needs to read all of it to trust it.
 */
export function sealPath(directory: string): string {
  return `${cachePath(directory)}.seal`;
}

export async function isSealed(directory: string): Promise<boolean> {
  const [noted, looks] = await Promise.all([
    readFile(sealPath(directory), 'utf8').catch(() => undefined),
    looksOf(directory).catch(() => undefined),
  ]);
  return noted !== undefined && noted === looks;
}

/** Call it when the file is closed. */
export async function seal(directory: string): Promise<void> {
  await writeFile(sealPath(directory), await looksOf(directory));
}

/** Call it before the file is written to. */
export async function unseal(directory: string): Promise<void> {
  await rm(sealPath(directory), { force: true });
}

/** Who writes to a file cannot set its `ctime`. */
async function looksOf(directory: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(cachePath(directory), { bigint: true });
  return `${JSON.stringify({ inode: `${ino}`, size: `${size}`, mtime_ns: `${mtimeNs}`, ctime_ns: `${ctimeNs}` })}\n`;
}
