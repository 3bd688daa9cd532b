import { basename, dirname } from 'node:path';
import { joinPlace } from '../s3/s3-address.ts';
import { removeFile, syncDirectory } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { findCheckpoint } from './load-checkpoint.ts';
import { removeDirectory } from './remove-stage.ts';
import { listDirectory, type StageFiles } from './stage-files.ts';
import { storageError } from './storage-error.ts';

/**
 * Renames a file or directory to the first free `<path>.<label>-<n>`, durably. Returns the new path, or `undefined` where
 * nothing is there. The run's lock is held, so that nobody takes the name in between.
 */
export async function setAside(path: string, label: string, fs: FileSystem): Promise<string | undefined> {
  const names = new Set(await listDirectory(dirname(path), fs));
  if (!names.has(basename(path))) return undefined;
  let number = 1;
  while (names.has(`${basename(path)}.${label}-${number}`)) number++;
  const aside = `${path}.${label}-${number}`;
  try {
    await fs.rename(path, aside);
  } catch (error) {
    throw storageError('set aside', path, error);
  }
  await syncDirectory(dirname(path), fs);
  return aside;
}

/**
 * Moves a stage's files out of the way of a run that starts over; they are removed once that run has saved. The
 * checkpoint goes last: cut short, this leaves the old stage, or one that is refused for want of its segments, and never
 * one that is continued from less than it had. What the user skipped or imported stays in force where `keepsRequests`. Returns the
 * new paths.
 */
export async function setAsideStage(
  files: StageFiles,
  fs: FileSystem,
  keepsRequests = false,
): Promise<readonly string[]> {
  const moved: string[] = [];
  const told = keepsRequests ? [] : [files.requests, files.foreign];
  for (const path of [files.backup, ...told, files.segments, files.checkpoint]) {
    // What another program or version wrote may be the only copy: it is nobody's to remove.
    const isForeign = path === files.checkpoint && (await findCheckpoint(path, fs)).kind === 'foreign';
    const aside = await setAside(path, isForeign ? 'foreign' : 'old', fs);
    if (aside !== undefined) moved.push(aside);
  }
  return moved;
}

/** Removes what `setAsideStage` kept, now that a later run has saved a checkpoint. */
export async function removeSuperseded(files: StageFiles, fs: FileSystem): Promise<void> {
  const directory = dirname(files.checkpoint);
  const names = (await listDirectory(directory, fs)) ?? [];
  for (const file of [files.checkpoint, files.backup, files.requests, files.foreign]) {
    for (const name of names.filter(isNameOf(file))) await removeFile(joinPlace(directory, name), fs);
  }
  for (const name of names.filter(isNameOf(files.segments))) await removeDirectory(joinPlace(directory, name), fs);
}

function isNameOf(path: string): (name: string) => boolean {
  const prefix = `${basename(path)}.old-`;
  return (name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length));
}
