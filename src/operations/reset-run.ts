import { removeEarlier } from '../checkpoint/earlier-stage.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { setAsideStage } from '../checkpoint/set-aside.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { forgetUpdate } from '../run-directory/run-description.ts';
import { STAGES, type StageName } from '../run-directory/run-files.ts';
import type { OperationContext } from './operation-context.ts';
import { type RetiredCopies, retireCopies } from './retire-copies.ts';
import { ownRuns } from './tasks/own-runs.ts';
import { expectRun, hasBegun, withRunLock } from './with-run-lock.ts';

export interface ResetOptions {
  /** Both, where it is left out. */
  readonly stages?: readonly StageName[] | undefined;
}

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
export async function resetRun(
  run: RunPlace,
  { stages = STAGES }: ResetOptions = {},
  context: OperationContext = {},
): Promise<ResetResult> {
  const files = await filesOf(run);
  await expectRun(files);
  if (files.tasks !== undefined) {
    const results: ResetResult[] = [];
    for (const { files: own } of ownRuns(files.directory, files.tasks)) {
      if (await hasBegun(own)) results.push(await resetRun(own, { stages }, context));
    }
    return { moved: results.flatMap(({ moved }) => moved), copies: results.flatMap(({ copies }) => copies) };
  }
  return withRunLock(files.directory, context, async (log) => {
    const moved: string[] = [];
    const copies = await retireCopies(files, stages, 'set aside', log, async () => {
      for (const stage of stages) {
        const stageHere = stageFiles(files.checkpoints[stage]);
        await removeEarlier(stageHere, nodeFileSystem);
        moved.push(...(await setAsideStage(stageHere, nodeFileSystem)));
      }
    });
    if (STAGES.every((stage) => stages.includes(stage))) await forgetUpdate(files.directory);
    return { moved, copies };
  });
}
