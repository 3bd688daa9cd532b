import { readlinkSync, realpathSync, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { storageError } from '../checkpoint/storage-error.ts';
import { codeOf, StorageError } from '../errors.ts';

/** The folder that a run directory's data set is read from; it may be a link. */
export function datasetFolder(outputDir: string): string {
  return join(outputDir, 'dataset');
}

/** Where the data set of a run directory is in truth, and the names beside it that it takes on the way. */
export interface DatasetPlace {
  /** By the name that it was asked for. */
  readonly given: string;
  readonly finished: string;
  /** What is being written; never looks finished. */
  readonly unfinished: string;
  /** The data set before, while the new one takes its place. */
  readonly previous: string;
}

/** What Linux follows before it takes links for a ring. */
const MAX_LINKS = 40;

/**
 * The place of a data set. A link (to another, larger disk) is followed, also where its target has another name for an instant, and is
 * kept: the data set takes the place of the target, on its disk. Beside the target everything but our own names is somebody else's.
 */
export function datasetPlace(outputDir: string): DatasetPlace {
  return placeAt(datasetFolder(outputDir));
}

/** The same of a folder of any name. */
export function placeAt(folder: string): DatasetPlace {
  const finished = targetOf(folder);
  if (finished === folder)
    return { given: folder, finished, unfinished: `${finished}.tmp`, previous: `${finished}.old` };
  const ours = join(dirname(finished), `.${basename(finished)}.midiloom`);
  return { given: folder, finished, unfinished: `${ours}-tmp`, previous: `${ours}-old` };
}

function targetOf(path: string): string {
  let at = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    let target: string;
    try {
      target = readlinkSync(at);
    } catch {
      return at; // no link, or nothing at all
    }
    at = resolve(realpathSync(dirname(at)), target);
  }
  throw new StorageError('storage_io', `${path} is a link in a ring; remove it`);
}

/**
 * Makes sure that what a link leads to may be replaced as a whole.
 *
 * @throws StorageError where it is on a disk that is not there, the root of a disk, no folder, or a folder of other things.
 */
export async function checkTarget({ given: folder, finished }: DatasetPlace): Promise<void> {
  if (finished === folder) return;
  const refused = (why: string): StorageError =>
    new StorageError('storage_io', `${folder} is a link to ${finished}, ${why}`);
  const target = await statOf(finished);
  // To make it would fill the disk below, where the one that is meant is not mounted.
  if (target === undefined) throw refused('which is not there; mount its disk, or make the folder');
  if (!target.isDirectory()) throw refused('which is no folder; link to one');
  // A folder is exchanged by its name, and the root of a file system has none in it.
  if (target.dev !== (await statOf(dirname(finished)))?.dev)
    throw refused('which is the root of a disk; link to a folder on it');
  const names = await readdir(finished);
  if (names.length > 0 && !names.includes('recipe.json')) {
    throw refused('which holds other things than a data set; link to a folder of its own');
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw storageError('look at', path, error);
  }
}
