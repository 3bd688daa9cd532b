import { basename, dirname } from 'node:path';
import { joinPlace } from '../s3/s3-address.ts';
import { removeFile, syncDirectory } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { listDirectory, type StageFiles } from './stage-files.ts';
import { storageError } from './storage-error.ts';

/** What has been set aside, and what a write that was cut short left. */
const SUFFIX = /^(\.(old|corrupt|orphaned|inline)-\d+|\.tmp|\.new)?$/;

/** Paths of everything that belongs to a stage and is there, what was set aside included; the checkpoint comes last. */
async function listStage(files: StageFiles, fs: FileSystem): Promise<readonly string[]> {
  const directory = dirname(files.checkpoint);
  const names = (await listDirectory(directory, fs)) ?? [];
  return [files.segments, files.requests, files.foreign, files.backup, files.checkpoint].flatMap((path) =>
    names
      .filter((name) => name.startsWith(basename(path)) && SUFFIX.test(name.slice(basename(path).length)))
      .map((name) => joinPlace(directory, name)),
  );
}

/** Removes a stage. Cut short, it leaves one that is refused for want of its segments, and that can be removed again. */
export async function removeStage(files: StageFiles, fs: FileSystem): Promise<void> {
  const isSegments = (path: string): boolean => basename(path).startsWith(basename(files.segments));
  for (const path of await listStage(files, fs)) {
    if (isSegments(path)) await removeDirectory(path, fs);
    else await removeFile(path, fs);
  }
  await syncDirectory(dirname(files.checkpoint), fs);
}

/** Removes a directory of files; a directory in it makes this fail, as it was not put there by a run. */
export async function removeDirectory(directory: string, fs: FileSystem): Promise<void> {
  for (const name of (await listDirectory(directory, fs)) ?? []) await removeFile(joinPlace(directory, name), fs);
  try {
    await fs.rmdir(directory);
  } catch (error) {
    throw storageError('remove directory', directory, error);
  }
}
