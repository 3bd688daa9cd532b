import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { setAsideStage } from '../checkpoint/set-aside.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import type { Log } from '../log.ts';
import type { RunFiles, StageName } from '../run-directory/run-files.ts';
import { type RetiredCopies, retireCopies } from './retire-copies.ts';
import { withRunLock } from './with-run-lock.ts';

export interface ResetResult {
  /** Where the files of the stages are now. */
  readonly moved: readonly string[];
  /** What became of their copies in second places. */
  readonly copies: readonly RetiredCopies[];
}

/**
 * Takes stages back to nothing. Their files are moved aside, as by `--force_restart`, until a new run has saved; so are their
 * copies in the second places that the run has used.
 */
export async function resetStages(files: RunFiles, stages: readonly StageName[], log: Log): Promise<ResetResult> {
  return withRunLock(files.directory, log, async () => {
    const moved: string[] = [];
    const copies = await retireCopies(files, stages, 'set aside', log, async () => {
      for (const stage of stages) {
        moved.push(...(await setAsideStage(stageFiles(files.checkpoints[stage]), nodeFileSystem)));
      }
    });
    return { moved, copies };
  });
}
