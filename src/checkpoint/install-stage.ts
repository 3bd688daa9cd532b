import { basename, dirname, join } from 'node:path';
import { codeOf } from '../errors.ts';
import { createDirectory, replaceDurably, syncDirectory } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { readWhole } from './read-file.ts';
import { removeDirectory, removeStage } from './remove-stage.ts';
import { setAside } from './set-aside.ts';
import { type StageFiles, stageFiles } from './stage-files.ts';
import { storageError } from './storage-error.ts';

/**
 * Prepares a stage in a folder of its own beside `files`, by `prepare`, and puts it in their place. What lies at the
 * checkpoint's path stays there until the new one is whole, and is then set aside as `inline`: a stop at any moment leaves the
 * one or the other. The run's lock is held.
 */
export async function installStage(
  files: StageFiles,
  prepare: (checkpointFile: string) => Promise<void>,
  fs: FileSystem,
): Promise<void> {
  const directory = dirname(files.checkpoint);
  const folder = join(directory, `${basename(files.checkpoint, '.json')}.import`);
  const prepared = stageFiles(join(folder, basename(files.checkpoint)));
  await removeFolder(prepared, folder, fs);
  await createDirectory(folder, fs);
  try {
    await prepare(prepared.checkpoint);
    await setAside(files.segments, 'orphaned', fs);
    await renamed(prepared.segments, files.segments, fs);
    // As the backup first: whatever is at the checkpoint's own path is then never the only one.
    await renamed(prepared.checkpoint, files.backup, fs);
    await syncDirectory(directory, fs);
    await setAside(files.checkpoint, 'inline', fs);
    await replaceDurably(files.checkpoint, (await readWhole(files.backup, fs)) ?? new Uint8Array(), fs);
  } finally {
    await removeFolder(prepared, folder, fs);
  }
}

async function renamed(from: string, to: string, fs: FileSystem): Promise<void> {
  try {
    await fs.rename(from, to);
  } catch (error) {
    throw storageError('put in place', to, error);
  }
}

async function removeFolder(prepared: StageFiles, folder: string, fs: FileSystem): Promise<void> {
  try {
    await fs.readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw storageError('list', folder, error);
  }
  await removeStage(prepared, fs);
  await removeDirectory(folder, fs);
}
