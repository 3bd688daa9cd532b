import type { CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStatus } from '../checkpoint/read-status.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { type RetryRequest, readRequests } from '../checkpoint/stage-requests.ts';
import { CheckpointError } from '../errors.ts';
import { historyOfTasks } from '../run-directory/history-of-tasks.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { readStagesOf } from '../run-directory/read-stage-of.ts';
import { type RunFiles, STAGES, type StageName } from '../run-directory/run-files.ts';
import { readSessions } from '../run-directory/session-log.ts';
import type { Tasks } from '../run-directory/tasks-file.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';
import { type RunState, runState, runStateOfTasks } from './run-state.ts';
import { ownRuns } from './tasks/own-runs.ts';
import { readTaskStatuses } from './tasks/read-task-statuses.ts';
import { expectRun } from './with-run-lock.ts';

/** Everything that is known of a run without reading its segments. */
export interface RunDetails extends RunState {
  readonly directory: string;
  readonly stages: Readonly<Record<StageName, StageDetails>>;
  /** Every session so far, the first one first. */
  readonly sessions: readonly SessionTimes[];
}

export interface StageDetails {
  /** As in the file; `null` where the stage has not begun. */
  readonly checkpoint: CheckpointFile | null;
  readonly requests: { readonly retry: RetryRequest | null; readonly skip: readonly number[] };
}

/** @throws CheckpointError `checkpoint_corrupt` where a checkpoint is there and neither it nor its backup can be read. */
export async function readRunDetails(run: RunPlace): Promise<RunDetails> {
  const files = await filesOf(run);
  await expectRun(files);
  const { directory, checkpoints } = files;
  if (files.tasks !== undefined) return detailsOfTasks(files, files.tasks);
  const stages = { midi: await readDetails(checkpoints.midi), text: await readDetails(checkpoints.text) };
  const statuses = STAGES.map((stage) => stages[stage].checkpoint?.status ?? 'not_started');
  return {
    directory,
    ...(await runState(files, statuses)),
    stages,
    sessions: await readSessions(directory),
  };
}

/** Of a run in tasks: what the checkpoints of all would say together, and the sessions of each. */
async function detailsOfTasks(files: RunFiles, tasks: Tasks): Promise<RunDetails> {
  const { directory } = files;
  const found = await readStagesOf(files);
  const detailsOf = async (stage: StageName): Promise<StageDetails> => {
    const skip: number[] = [];
    let retry: RetryRequest | null = null;
    for (const { files: own } of ownRuns(directory, tasks)) {
      const { requests } = await readDetails(own.checkpoints[stage]);
      skip.push(...requests.skip);
      retry ??= requests.retry;
    }
    return { checkpoint: found[stage]?.checkpoint ?? null, requests: { retry, skip } };
  };
  return {
    directory,
    ...(await runStateOfTasks(directory, await readTaskStatuses(directory, tasks))),
    stages: { midi: await detailsOf('midi'), text: await detailsOf('text') },
    sessions: await historyOfTasks(found.tasks ?? [], () => readSessions(directory)).sessions(),
  };
}

async function readDetails(file: string): Promise<StageDetails> {
  const found = await readStatus(file);
  if (found.kind === 'unreadable') {
    throw new CheckpointError('checkpoint_corrupt', `checkpoint ${file} cannot be read: ${found.reason}`);
  }
  const { retry, skip } = await readRequests(stageFiles(file), nodeFileSystem);
  return { checkpoint: found.kind === 'valid' ? found.checkpoint : null, requests: { retry: retry ?? null, skip } };
}
