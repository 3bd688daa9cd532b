import { basename } from 'node:path';
import type { CheckpointFile } from '../../checkpoint/checkpoint-file.ts';
import { type FileSystem, nodeFileSystem } from '../../checkpoint/file-system.ts';
import { readablePlace } from '../../checkpoint/open-place.ts';
import { readStatus } from '../../checkpoint/read-status.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { joinPlace } from '../../s3/s3-address.ts';

/** The checkpoint of a stage, or its copy in the second place; `undefined` where a run begins. */
export async function checkpointToContinue(
  checkpointFile: string,
  { forceRestart, backupDir }: RunConfig,
): Promise<CheckpointFile | undefined> {
  if (forceRestart) return undefined;
  const found = await checkpointAt(checkpointFile, nodeFileSystem);
  if (found !== undefined || backupDir === undefined) return found;
  return checkpointAt(joinPlace(backupDir, basename(checkpointFile)), await readablePlace(backupDir));
}

async function checkpointAt(file: string, fs: FileSystem): Promise<CheckpointFile | undefined> {
  const found = await readStatus(file, fs).catch(() => undefined); // whatever is wrong with it is said when it is opened
  return found?.kind === 'valid' ? found.checkpoint : undefined;
}
