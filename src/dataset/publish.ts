import { constants } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory } from '../checkpoint/durable-replace.ts';
import { type FileSystem, nodeFileSystem } from '../checkpoint/file-system.ts';
import { storageError } from '../checkpoint/storage-error.ts';
import { codeOf } from '../errors.ts';
import type { DatasetPlace } from './dataset-place.ts';
import { removeTree } from './remove-tree.ts';

/**
 * Puts a written folder in the place of the data set: everything in it is on the disk before the name changes. A folder
 * cannot replace one that is not empty, so that for an instant the old one has a name beside it; `restorePrevious` mends a stop then.
 */
export async function publish(place: DatasetPlace, fs: FileSystem = nodeFileSystem): Promise<void> {
  await syncTree(place.unfinished, fs);
  const parent = dirname(place.finished);
  try {
    await renameIfThere(place.finished, place.previous, fs);
    await fs.rename(place.unfinished, place.finished);
  } catch (error) {
    await fs.rename(place.previous, place.finished).catch(() => {}); // there may be none; the first error is the one to report
    throw storageError('put in place', place.finished, error);
  }
  await syncDirectory(parent, fs);
  await removeTree(place.previous);
}

/** After a stop between the two renames of `publish`: the data set before has its name again. */
export async function restorePrevious(place: DatasetPlace, fs: FileSystem = nodeFileSystem): Promise<void> {
  if (await isThere(place.finished)) {
    await removeTree(place.previous);
    return;
  }
  try {
    await renameIfThere(place.previous, place.finished, fs);
  } catch (error) {
    throw storageError('restore', place.finished, error);
  }
}

/** An error of writing back that nobody has seen yet is reported by the fsync of a new descriptor too (Linux 4.16 on). */
async function syncTree(directory: string, fs: FileSystem): Promise<void> {
  for await (const entry of await opendir(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await syncTree(path, fs);
    else await syncFile(path, fs);
  }
  await syncDirectory(directory, fs);
}

async function syncFile(path: string, fs: FileSystem): Promise<void> {
  try {
    const handle = await fs.open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw storageError('sync', path, error);
  }
}

async function renameIfThere(from: string, to: string, fs: FileSystem): Promise<void> {
  try {
    await fs.rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw storageError('look at', path, error);
  }
}
