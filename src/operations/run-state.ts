import type { StageStatus } from '../checkpoint/checkpoint-file.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import type { LockHolder } from '../checkpoint/lock-file.ts';
import { isSameProcess } from '../checkpoint/process-identity.ts';
import { findRunHolder, findWaiting } from '../checkpoint/run-lock.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { readRequests } from '../checkpoint/stage-requests.ts';
import { type DatasetState, datasetState } from '../dataset/dataset-state.ts';
import { readRunDescription } from '../run-directory/run-description.ts';
import { type RunFiles, STAGES } from '../run-directory/run-files.ts';
import { readSessions } from '../run-directory/session-log.ts';
import { stoppedBy } from '../run-directory/stopped-by.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';
import type { TaskStatuses } from './tasks/read-task-statuses.ts';
import { stateOfTasks } from './tasks/state-of-tasks.ts';

/**
 * - `not_started`: nothing was done yet.
 * - `in_progress`: a run is going.
 * - `waiting`: a run was started that waits for a lock, its own or that of its second place, which somebody else holds.
 * - `interrupted`: it stopped before its end, or something new was asked for since.
 * - `failed`: an error ended it.
 * - `completed`: every pair has an outcome, and the data set is there.
 */
const RUN_STATES = ['not_started', 'in_progress', 'waiting', 'interrupted', 'failed', 'completed'] as const;
export type RunStateName = (typeof RUN_STATES)[number];

export interface RunState {
  readonly status: RunStateName;
  /** Why it is interrupted or failed, or waits, in words. */
  readonly reason: string | null;
  /** Who works on it at the moment; `null` where nobody does. */
  readonly running: RunningProcess | null;
  /** Who waits for a lock to work on it, in the order in which they came. */
  readonly waiting: readonly RunningProcess[];
  readonly dataset: DatasetState;
}

export interface RunningProcess {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
}

/** What a run in tasks is as a whole. */
export async function runStateOfTasks(directory: string, statuses: TaskStatuses): Promise<RunState> {
  const [{ state, ...processes }, dataset] = await Promise.all([findProcesses(directory), datasetState(directory)]);
  return { ...(state ?? stateOfTasks(statuses, dataset)), ...processes, dataset };
}

/** What a run is as a whole. @param stages - what its checkpoints say. */
export async function runState(files: RunFiles, stages: readonly StageStatus[]): Promise<RunState> {
  const [{ state, ...processes }, dataset, sessions, isAsked, { isUpdated, isTask }] = await Promise.all([
    findProcesses(files.directory),
    datasetState(files.directory),
    readSessions(files.directory),
    hasRequests(files),
    kindOf(files),
  ]);
  if (state !== undefined) return { ...state, ...processes, dataset };
  const last = sessions.at(-1);
  return { ...stateAtRest({ stages, dataset, last, isAsked, isUpdated, isTask }), ...processes, dataset };
}

/** Who works on a run directory, or waits to, and what that makes of its state; no `state` where nobody does. */
export async function findProcesses(
  directory: string,
): Promise<Pick<RunState, 'running' | 'waiting'> & { readonly state?: Pick<RunState, 'status' | 'reason'> }> {
  const [holder, waiting] = await Promise.all([findRunHolder(directory), findWaiting(directory)]);
  const processes = {
    running: holder === undefined ? null : runningProcess(holder),
    waiting: waiting.map(runningProcess),
  };
  const [first] = waiting;
  if (holder === undefined) {
    if (first === undefined) return processes;
    return {
      ...processes,
      state: { status: 'waiting', reason: `process ${first.pid} on ${first.host} waits to begin` },
    };
  }
  return waiting.some((one) => isSameProcess(one, holder))
    ? { ...processes, state: { status: 'waiting', reason: 'another run uses its second place' } }
    : { ...processes, state: { status: 'in_progress', reason: null } };
}

/** Who works on a run directory at the moment; `null` where nobody does. */
export async function findRunning(directory: string): Promise<RunningProcess | null> {
  const holder = await findRunHolder(directory);
  return holder === undefined ? null : runningProcess(holder);
}

function runningProcess({ pid, host, since }: LockHolder): RunningProcess {
  return { pid, host, since };
}

interface AtRest {
  readonly stages: readonly StageStatus[];
  readonly dataset: DatasetState;
  readonly last: SessionTimes | undefined;
  /** Whether pairs are to be tried again. */
  readonly isAsked: boolean;
  /** Whether an update is under way. */
  readonly isUpdated: boolean;
  /** Whether it is one task of a run, which has no data set of its own. */
  readonly isTask: boolean;
}

function stateAtRest({
  stages,
  dataset,
  last,
  isAsked,
  isUpdated,
  isTask,
}: AtRest): Pick<RunState, 'status' | 'reason'> {
  const isBegun = last !== undefined || isUpdated;
  if (!isBegun && stages.every((status) => status === 'not_started')) {
    return { status: 'not_started', reason: null };
  }
  if (last?.status === 'failed' || (last === undefined && stages.includes('failed'))) {
    return { status: 'failed', reason: stoppedBy(last) ?? null };
  }
  const interrupted = (reason: string) => ({ status: 'interrupted', reason }) as const;
  const stopped = stoppedBy(last);
  if (isUpdated) {
    const whatStopped = stopped === undefined ? '' : `, by ${stopped}`;
    return interrupted(`an update was stopped${whatStopped}; --mode continue goes on with it`);
  }
  if (stopped !== undefined) return interrupted(stopped);
  if (stages.some((status) => status !== 'completed')) return interrupted('pairs are pending');
  if (isAsked) return interrupted('pairs are to be tried again');
  if (dataset !== 'complete' && !isTask)
    return interrupted('there is no data set of all pairs; --mode merge writes it');
  return { status: 'completed', reason: null };
}

async function kindOf({ directory }: RunFiles): Promise<Pick<AtRest, 'isUpdated' | 'isTask'>> {
  // What cannot be read is said by whoever needs it.
  const description = await readRunDescription(directory).catch(() => undefined);
  return { isUpdated: description?.update !== undefined, isTask: description?.task !== undefined };
}

async function hasRequests({ checkpoints }: RunFiles): Promise<boolean> {
  const requests = await Promise.all(
    STAGES.map((stage) => readRequests(stageFiles(checkpoints[stage]), nodeFileSystem)),
  );
  return requests.some(({ retry }) => retry !== undefined);
}
