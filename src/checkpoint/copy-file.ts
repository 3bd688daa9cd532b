import { constants } from 'node:fs';
import { basename, dirname } from 'node:path';
import { writeDurably } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { readInto, readWhole } from './read-file.ts';
import { listDirectory } from './stage-files.ts';
import { storageError } from './storage-error.ts';

/** A file, on one disk or another. */
export interface FileIn {
  readonly path: string;
  readonly fs: FileSystem;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Copies a file that fits into memory, durably; returns whether there was one. */
export async function copyFile(from: FileIn, to: FileIn): Promise<boolean> {
  const bytes = await readWhole(from.path, from.fs);
  if (bytes === undefined) return false;
  await writeDurably(to.path, [bytes], to.fs);
  return true;
}

/** The same for a small file that may have changed since it was copied. */
export async function copyIfChanged(from: FileIn, to: FileIn): Promise<void> {
  const [bytes, copied] = [await readWhole(from.path, from.fs), await readWhole(to.path, to.fs)];
  if (bytes !== undefined && (copied === undefined || !Buffer.from(bytes).equals(copied)))
    await writeDurably(to.path, [bytes], to.fs);
}

/** The same for a file of any size that never changes. */
export async function copyOnce(from: FileIn, to: FileIn): Promise<void> {
  if ((await isThere(from)) && !(await isThere(to))) await writeDurably(to.path, chunksOf(from), to.fs);
}

async function* chunksOf({ path, fs }: FileIn): AsyncGenerator<Uint8Array> {
  const handle = await fs.open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error) => {
    throw storageError('open', path, error);
  });
  try {
    for (let position = 0; ; ) {
      const chunk = await readInto(handle, Buffer.allocUnsafe(CHUNK_BYTES), position);
      if (chunk.length === 0) return;
      position += chunk.length;
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

async function isThere({ path, fs }: FileIn): Promise<boolean> {
  return (await listDirectory(dirname(path), fs))?.includes(basename(path)) ?? false;
}
