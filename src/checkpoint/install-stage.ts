import { basename, dirname, join } from 'node:path';
import { CheckpointError } from '../errors.ts';
import { encodeCheckpoint } from './checkpoint-file.ts';
import { replaceDurably, syncDirectory, writeDurably } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { loadCheckpoint } from './load-checkpoint.ts';
import { removeStage } from './remove-stage.ts';
import { setAside } from './set-aside.ts';
import { type StageFiles, stageFiles } from './stage-files.ts';
import { storageError } from './storage-error.ts';

/**
 * Prepares a stage beside `files` under another name, by `prepare`, and puts it in their place. What lies at the checkpoint's
 * path stays there until the new one is whole, and is then set aside as `inline`: a stop at any moment leaves the one or the
 * other. The run's lock is held.
 */
export async function installStage(
  files: StageFiles,
  prepare: (checkpointFile: string) => Promise<void>,
  fs: FileSystem,
): Promise<void> {
  const directory = dirname(files.checkpoint);
  const prepared = stageFiles(join(directory, `${basename(files.checkpoint, '.json')}.import.json`));
  await removeStage(prepared, fs);
  try {
    await prepare(prepared.checkpoint);
    const checkpoint = await checkpointFor(files, prepared, fs);
    await setAside(files.segments, 'orphaned', fs);
    await renameSegments(prepared, files, fs);
    // As the backup first: whatever is at the checkpoint's own path is then never the only one.
    await writeDurably(files.backup, [checkpoint], fs);
    await setAside(files.checkpoint, 'inline', fs);
    await replaceDurably(files.checkpoint, checkpoint, fs);
  } finally {
    await removeStage(prepared, fs);
  }
}

/** The bytes of the prepared checkpoint, where its segments have their final name. */
async function checkpointFor(files: StageFiles, prepared: StageFiles, fs: FileSystem): Promise<Uint8Array> {
  const loaded = await loadCheckpoint(prepared, fs);
  if (loaded === undefined) throw new CheckpointError('checkpoint_corrupt', `${prepared.checkpoint} was not written`);
  const { checkpoint } = loaded;
  const processed_data = { ...checkpoint.processed_data, directory: basename(files.segments) };
  return encodeCheckpoint({ ...checkpoint, processed_data });
}

async function renameSegments(from: StageFiles, to: StageFiles, fs: FileSystem): Promise<void> {
  try {
    await fs.rename(from.segments, to.segments);
  } catch (error) {
    throw storageError('put in place', to.segments, error);
  }
  await syncDirectory(dirname(to.segments), fs);
}
