import { basename, join } from 'node:path';
import type { CheckpointFile } from '../../checkpoint/checkpoint-file.ts';
import { readStatus } from '../../checkpoint/read-status.ts';
import type { RunConfig } from '../../config/run-config.ts';

/** The checkpoint of a stage, or its copy in the second place; `undefined` where a run begins. */
export async function checkpointToContinue(
  checkpointFile: string,
  { forceRestart, backupDir }: RunConfig,
): Promise<CheckpointFile | undefined> {
  if (forceRestart) return undefined;
  for (const file of [
    checkpointFile,
    ...(backupDir === undefined ? [] : [join(backupDir, basename(checkpointFile))]),
  ]) {
    const found = await readStatus(file).catch(() => undefined); // whatever is wrong with it is said when it is opened
    if (found?.kind === 'valid') return found.checkpoint;
  }
  return undefined;
}
