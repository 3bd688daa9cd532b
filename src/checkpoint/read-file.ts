import { constants } from 'node:fs';
import { codeOf, MidiloomError } from '../errors.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from './file-system.ts';
import { storageError } from './storage-error.ts';

/** O_NONBLOCK: opening a FIFO must not hang; O_NOFOLLOW: a link planted in the run directory is refused. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a regular file for reading and hands it, with its size in bytes, to `use`. `undefined` where there is no such
 * file; every other difficulty is a `StorageError`: only ENOENT means absent.
 */
export async function readingFile<T>(
  file: string,
  fs: FileSystem,
  use: (handle: OpenFile, sizeBytes: number, mtimeMs: number) => Promise<T>,
): Promise<T | undefined> {
  let handle: OpenFile;
  try {
    handle = await fs.open(file, FLAGS);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw storageError('open', file, error);
  }
  try {
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new Error('it is not a regular file');
      return await use(handle, stat.size, stat.mtimeMs);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof MidiloomError ? error : storageError('read', file, error);
  }
}

/** Fills `target` from `position` on; returns fewer bytes only where the file ends. */
export async function readInto(
  handle: Pick<OpenFile, 'read'>,
  target: Uint8Array,
  position: number,
): Promise<Uint8Array> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return target.subarray(0, done);
}

/** The whole file, or its first `maxBytes`; `undefined` where it is absent. */
export async function readWhole(
  file: string,
  fs: FileSystem = nodeFileSystem,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array | undefined> {
  return readingFile(file, fs, (handle, size) => readInto(handle, Buffer.allocUnsafe(Math.min(size, maxBytes)), 0));
}
