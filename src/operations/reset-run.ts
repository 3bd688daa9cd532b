import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { setAsideStage } from '../checkpoint/set-aside.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import type { Log } from '../log.ts';
import type { RunFiles, StageName } from '../run-directory/run-files.ts';
import { withRunLock } from './with-run-lock.ts';

/**
 * Takes stages back to nothing. Their files are moved aside, as by `--force_restart`, until a new run has saved; returns
 * where they are now.
 */
export async function resetStages(
  { directory, checkpoints }: RunFiles,
  stages: readonly StageName[],
  log: Log,
): Promise<readonly string[]> {
  return withRunLock(directory, log, async () => {
    const moved: string[] = [];
    for (const stage of stages) moved.push(...(await setAsideStage(stageFiles(checkpoints[stage]), nodeFileSystem)));
    return moved;
  });
}
