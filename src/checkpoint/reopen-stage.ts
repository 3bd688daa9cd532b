import type { Log } from '../log.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { loadCheckpoint } from './load-checkpoint.ts';
import { type OpenedStage, openStageStore, type UsedPlace } from './open-stage-store.ts';
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
  return (await reopenRecovered(checkpointFile, sessionId, log, undefined, fileSystem))?.store;
}

/** The same, with what was found and put right, also from the second place. */
export async function reopenRecovered(
  checkpointFile: string,
  sessionId: string,
  log: Log,
  secondPlace: UsedPlace | undefined,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<OpenedStage | undefined> {
  const loaded = await loadCheckpoint(stageFiles(checkpointFile), fileSystem);
  if (loaded === undefined) return undefined;
  const { stage, fingerprint, plan } = loaded.checkpoint;
  return openStageStore({
    checkpointFile,
    stage,
    sessionId,
    plan: { inputFile: plan.input_file, fields: plan.fields, firstIndex: plan.first_index },
    fingerprint,
    restart: false,
    log,
    secondPlace,
    fileSystem,
  });
}
