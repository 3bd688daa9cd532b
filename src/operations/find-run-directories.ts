import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { backupName } from '../checkpoint/durable-replace.ts';
import { PLACE_MARKER } from '../checkpoint/second-place.ts';
import { ConfigError, codeOf, messageOf } from '../errors.ts';
import { defaultCheckpointName, STAGES } from '../run-directory/run-files.ts';
import { tasksFile } from '../run-directory/tasks-file.ts';

/** Deeper than anybody keeps runs; a tree that is a loop (a bind mount) ends here. */
const MAX_DEPTH = 16;
/** Folders of one folder that are looked into side by side. */
const TOGETHER = 8;
const CHECKPOINTS: ReadonlySet<string> = new Set([
  ...STAGES.map(defaultCheckpointName).flatMap((name) => [name, backupName(name)]),
  basename(tasksFile('.')),
]);

/**
 * The folders at and below `root` that hold a checkpoint under its default name, or the list of a run's tasks, in the order of their paths. Links are not
 * followed; second places, hidden folders, `node_modules`, data sets and segments are not looked into.
 *
 * @param marks - names of files by which a folder is a run directory.
 * @throws ConfigError `folder_unreadable` for `root`; a folder below that cannot be read is passed over.
 */
export async function findRunDirectories(root: string, marks = CHECKPOINTS): Promise<readonly string[]> {
  const found: string[] = [];
  await search(resolve(root), 0, { found, marks });
  return found.sort();
}

interface Search {
  readonly found: string[];
  readonly marks: ReadonlySet<string>;
}

async function search(directory: string, depth: number, how: Search): Promise<void> {
  const entries = await entriesOf(directory, depth);
  // Copies of a run are no run.
  if (entries.some(({ name }) => name === PLACE_MARKER)) return;
  if (entries.some((entry) => entry.isFile() && how.marks.has(entry.name))) how.found.push(directory);
  // Its tasks are parts of the run, and no runs of their own.
  if (entries.some(({ name }) => name === basename(tasksFile(directory)))) return;
  if (depth === MAX_DEPTH) return;
  const below = entries.filter((entry) => entry.isDirectory() && mayHoldRuns(entry.name));
  for (let at = 0; at < below.length; at += TOGETHER) {
    const some = below.slice(at, at + TOGETHER);
    await Promise.all(some.map(({ name }) => search(join(directory, name), depth + 1, how)));
  }
}

async function entriesOf(directory: string, depth: number): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (depth > 0 && ['EACCES', 'EPERM', 'ENOENT'].includes(codeOf(error) ?? '')) return [];
    throw new ConfigError('folder_unreadable', `Cannot look into ${directory}: ${messageOf(error)}`);
  }
}

function mayHoldRuns(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules' && name !== 'dataset' && !name.endsWith('.d');
}
