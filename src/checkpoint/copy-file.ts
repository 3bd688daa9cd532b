import { createReadStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { writeDurably } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { readWhole } from './read-file.ts';
import { listDirectory } from './stage-files.ts';

/** Copies a file that fits into memory, durably; returns whether there was one. */
export async function copyFile(from: string, to: string, fs: FileSystem): Promise<boolean> {
  const bytes = await readWhole(from, fs);
  if (bytes === undefined) return false;
  await writeDurably(to, [bytes], fs);
  return true;
}

/** The same for a small file that may have changed since it was copied. */
export async function copyIfChanged(from: string, to: string, fs: FileSystem): Promise<void> {
  const [bytes, copied] = [await readWhole(from, fs), await readWhole(to, fs)];
  if (bytes !== undefined && (copied === undefined || !Buffer.from(bytes).equals(copied)))
    await writeDurably(to, [bytes], fs);
}

/** The same for a file of any size that never changes. */
export async function copyOnce(from: string, to: string, fs: FileSystem): Promise<void> {
  if ((await isThere(from, fs)) && !(await isThere(to, fs))) await writeDurably(to, createReadStream(from), fs);
}

async function isThere(file: string, fs: FileSystem): Promise<boolean> {
  return (await listDirectory(dirname(file), fs))?.includes(basename(file)) ?? false;
}
