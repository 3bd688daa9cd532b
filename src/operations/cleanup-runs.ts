import { removeEarlier } from '../checkpoint/earlier-stage.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStage } from '../checkpoint/read-stage.ts';
import { removeStage } from '../checkpoint/remove-stage.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { CheckpointError, LockError } from '../errors.ts';
import { forgetUpdate } from '../run-directory/run-description.ts';
import { defaultRunFiles, type RunFiles, STAGES } from '../run-directory/run-files.ts';
import { readTasks } from '../run-directory/tasks-file.ts';
import { findRunDirectories } from './find-run-directories.ts';
import type { OperationContext } from './operation-context.ts';
import { retireCopies } from './retire-copies.ts';
import { type RunOverview, runOverview } from './run-overview.ts';
import { ownRuns } from './tasks/own-runs.ts';
import { hasBegun, withRunLock } from './with-run-lock.ts';

export interface CleanupCriteria {
  /** Checkpoints that were not saved for longer than this. */
  readonly olderThanHours?: number | undefined;
  /** Checkpoints that cannot be continued. */
  readonly invalid?: boolean | undefined;
  /** Only says what would be deleted. */
  readonly dryRun?: boolean | undefined;
}

export type CleanupReason = 'old' | 'invalid';

export interface CleanupCandidate {
  readonly run: RunOverview;
  readonly reason: CleanupReason;
  /** `running`: found so before or while deleting; left alone. */
  readonly outcome: 'would_delete' | 'deleted' | 'running';
}

/**
 * Finds the runs whose checkpoints are of no use any more and, unless it is a dry run, deletes these: checkpoints, segments
 * and what was set aside, their copies in second places too; never data sets, and never of a run that is going.
 */
export async function* cleanUpRuns(
  root: string,
  criteria: CleanupCriteria,
  context: OperationContext = {},
): AsyncGenerator<CleanupCandidate> {
  for (const directory of await findRunDirectories(root)) {
    context.signal?.throwIfAborted();
    const tasks = await readTasks(directory).catch(() => undefined); // What cannot be read is invalid, and so deleted as it is.
    const files = tasks === undefined ? defaultRunFiles(directory) : { ...defaultRunFiles(directory), tasks };
    const run = await runOverview(files, new Date());
    const reason = await reasonToDelete(files, run, criteria);
    if (reason === undefined) continue;
    if (run.running !== null) yield { run, reason, outcome: 'running' };
    else yield { run, reason, outcome: criteria.dryRun ? 'would_delete' : await deleteRun(files, criteria, context) };
  }
}

async function deleteRun(
  files: RunFiles,
  criteria: CleanupCriteria,
  context: OperationContext,
): Promise<'deleted' | 'running'> {
  if (files.tasks !== undefined) {
    const outcomes: ('deleted' | 'running')[] = [];
    for (const { files: own } of ownRuns(files.directory, files.tasks)) {
      if (await hasBegun(own)) outcomes.push(await deleteRun(own, criteria, context));
    }
    return outcomes.includes('running') ? 'running' : 'deleted';
  }
  try {
    return await withRunLock(files.directory, context, async (log) => {
      // A run may have come and gone since it was looked at.
      if ((await reasonToDelete(files, await runOverview(files, new Date()), criteria)) === undefined) return 'running';
      await retireCopies(files, STAGES, 'remove', log, async () => {
        for (const stage of STAGES) {
          const stageHere = stageFiles(files.checkpoints[stage]);
          await removeEarlier(stageHere, nodeFileSystem);
          await removeStage(stageHere, nodeFileSystem);
        }
      });
      await forgetUpdate(files.directory);
      return 'deleted';
    });
  } catch (error) {
    if (error instanceof LockError) return 'running';
    throw error;
  }
}

async function reasonToDelete(
  files: RunFiles,
  run: RunOverview,
  { olderThanHours, invalid }: CleanupCriteria,
): Promise<CleanupReason | undefined> {
  const isOld = olderThanHours !== undefined && run.age_seconds !== null && run.age_seconds > olderThanHours * 3600;
  if (isOld) return 'old';
  return invalid === true && (await isInvalid(files)) ? 'invalid' : undefined;
}

/** Whether a stage could not be continued; what the next run would mend is not invalid. */
async function isInvalid({ checkpoints, tasks }: RunFiles): Promise<boolean> {
  // A task that is damaged can be worked off again: that is no reason to delete the others.
  if (tasks !== undefined) return false;
  for (const stage of STAGES) {
    try {
      const reading = await readStage(checkpoints[stage]);
      if (reading === undefined) continue;
      const { bad, checkpoint } = reading;
      const isEmpty =
        bad.length > 0 && bad.every(({ present }) => !present) && bad.length === checkpoint.processed_data.segments;
      if (isEmpty || (bad.length === 0 && !reading.agrees)) return true;
    } catch (error) {
      if (error instanceof CheckpointError) return true;
      throw error;
    }
  }
  return false;
}
