import type { Log } from '../log.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { loadCheckpoint } from './load-checkpoint.ts';
import { openStageStore } from './open-stage-store.ts';
import { stageFiles } from './stage-files.ts';
import type { StageStore } from './stage-store.ts';

/**
 * Opens a stage to go on with the very options it was made with, under the run's lock; `undefined` where there is none.
 * Throws as `openStageStore` does.
 */
export async function reopenStage(
  checkpointFile: string,
  sessionId: string,
  log: Log,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<StageStore | undefined> {
  const loaded = await loadCheckpoint(stageFiles(checkpointFile), fileSystem);
  if (loaded === undefined) return undefined;
  const { stage, fingerprint, plan } = loaded.checkpoint;
  const { store } = await openStageStore({
    checkpointFile,
    stage,
    sessionId,
    plan: { inputFile: plan.input_file, fields: plan.fields, firstIndex: plan.first_index },
    fingerprint,
    restart: false,
    log,
    fileSystem,
  });
  return store;
}
