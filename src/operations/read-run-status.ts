import type { CheckpointFile, StageStatus } from '../checkpoint/checkpoint-file.ts';
import type { FailedPair } from '../checkpoint/failed-pairs.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStage } from '../checkpoint/read-stage.ts';
import { readStatus } from '../checkpoint/read-status.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { readRequests, type StageRequests } from '../checkpoint/stage-requests.ts';
import { CheckpointError, type PairFailure } from '../errors.ts';
import { type PairFate, SKIPPED } from '../run-directory/exemptions.ts';
import { isRetried } from '../run-directory/is-retried.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { type TalliedStage, tallyPairs } from '../run-directory/pair-tally.ts';
import { type RunFiles, STAGES, type StageName } from '../run-directory/run-files.ts';
import type { Tasks } from '../run-directory/tasks-file.ts';
import { type RunState, runState, runStateOfTasks } from './run-state.ts';
import { addStatuses } from './tasks/add-statuses.ts';
import { ownRuns } from './tasks/own-runs.ts';
import { readTaskStatuses, type TaskStatuses } from './tasks/read-task-statuses.ts';

/** How far a run is, from its checkpoints alone; also while it is going. */
export interface RunStatus extends RunState {
  readonly directory: string;
  readonly pairs: PairTotals;
  /** How many pairs have failed with each code, the most frequent first. */
  readonly failure_codes: Readonly<Record<string, number>>;
  readonly stages: Readonly<Record<StageName, StageState>>;
  /** Of a run in tasks: each of them, and all together. */
  readonly tasks?: TaskStatuses;
}

/** Every pair counts in one of the last five. */
export interface PairTotals extends Readonly<Record<PairFate, number>> {
  readonly total: number;
  /** With a result of both stages. */
  readonly completed: number;
  /** Not begun, in work, or to be tried again. */
  readonly pending: number;
}

export interface StageState {
  readonly checkpoint: string;
  /** As it is saved; `interrupted` where nobody works on it. */
  readonly status: StageStatus | 'interrupted';
  readonly total: number;
  /** Every pair counts in one of the next six. `in_progress` is in work now: none where no run is going. */
  readonly completed: number;
  readonly failed: number;
  /** Never to be tried, as the user said. */
  readonly skipped: number;
  /** Processed by another program. */
  readonly foreign: number;
  readonly in_progress: number;
  /** Not begun, or to be tried again. */
  readonly pending: number;
  readonly last_processed_idx: number;
  /** ISO 8601; `null` where nothing is saved. */
  readonly saved_at: string | null;
  readonly session_id: string | null;
  readonly pairs_per_second: number;
  readonly segments: number;
  readonly bytes: number;
  /** The latest failures, at most 100, with error and time; `--pairs` tells all. */
  readonly failures: readonly PairFailure[];
}

/** A stage as it lies there. */
export interface StageFacts {
  readonly file: string;
  readonly checkpoint: CheckpointFile | undefined;
  readonly requests: StageRequests;
  readonly tallied: TalliedStage;
}

/** @throws CheckpointError `checkpoint_corrupt` where a checkpoint is there and neither it nor its backup can be read. */
export async function readRunStatus(run: RunPlace): Promise<RunStatus> {
  const files = await filesOf(run);
  if (files.tasks !== undefined) return statusOfTasks(files.directory, files.tasks);
  const { midi, text } = files.checkpoints;
  const [ofMidi, ofText] = await Promise.all([readFacts(midi), readFacts(text)]);
  return statusOfFacts(files, { midi: ofMidi, text: ofText });
}

async function statusOfFacts(files: RunFiles, facts: Readonly<Record<StageName, StageFacts>>): Promise<RunStatus> {
  const state = await runState(
    files,
    STAGES.map((stage) => facts[stage].checkpoint?.status ?? 'not_started'),
  );
  return { directory: files.directory, ...state, ...countPairs(facts, state.running !== null) };
}

/** What stages that were read add up to. */
export function countPairs(
  facts: Readonly<Record<StageName, StageFacts>>,
  isRunning: boolean,
): Pick<RunStatus, 'pairs' | 'failure_codes' | 'stages'> {
  const tally = tallyPairs({ midi: facts.midi.tallied, text: facts.text.tallied }, (stage, failure) =>
    isTriedAgain(facts[stage].requests, failure),
  );
  const { codes, stages, completed, failed, foreign } = tally;
  const total = Math.max(...STAGES.map((stage) => facts[stage].checkpoint?.total_files ?? 0));
  const skipped = new Set(STAGES.flatMap((stage) => facts[stage].requests.skip)).size;
  const pending = Math.max(total - completed - failed - skipped - foreign, 0);
  const stateOf = (stage: StageName): StageState => stageState(facts[stage], stages[stage], isRunning);
  return {
    pairs: { total, completed, failed, skipped, foreign, pending },
    failure_codes: codes,
    stages: { midi: stateOf('midi'), text: stateOf('text') },
  };
}

/** The sums over all tasks. One that cannot be read, or has not begun, is pending; what is wrong with it is said in its line. */
async function statusOfTasks(directory: string, tasks: Tasks): Promise<RunStatus> {
  const statuses = await readTaskStatuses(directory, tasks);
  const of: RunStatus[] = [];
  for (const { files, first, end } of ownRuns(directory, tasks)) {
    const found = await readRunStatus(files).catch((error: unknown) => {
      if (error instanceof CheckpointError) return undefined;
      throw error;
    });
    of.push(found === undefined || found.pairs.total === 0 ? pendingTask(files, first, end) : found);
  }
  return { ...addStatuses(directory, of), ...(await runStateOfTasks(directory, statuses)), tasks: statuses };
}

function pendingTask({ directory, checkpoints }: RunFiles, first: number, end: number): RunStatus {
  const total = end - first;
  const stage = { ...NOTHING_DONE, total, pending: total, last_processed_idx: first - 1 };
  return {
    directory,
    status: 'not_started',
    reason: null,
    running: null,
    waiting: [],
    dataset: 'absent',
    pairs: { total, completed: 0, failed: 0, skipped: 0, foreign: 0, pending: total },
    failure_codes: {},
    stages: { midi: { ...stage, checkpoint: checkpoints.midi }, text: { ...stage, checkpoint: checkpoints.text } },
  };
}

async function readFacts(file: string): Promise<StageFacts> {
  const requests = await readRequests(stageFiles(file), nodeFileSystem);
  const found = await readStatus(file);
  if (found.kind === 'unreadable') {
    throw new CheckpointError('checkpoint_corrupt', `checkpoint ${file} cannot be read: ${found.reason}`);
  }
  if (found.kind === 'absent') return { file, checkpoint: undefined, requests, tallied: NO_STAGE };
  const stage = await readStage(file);
  return { file, checkpoint: found.checkpoint, requests, tallied: stage ?? NO_STAGE };
}

export const NO_STAGE: TalliedStage = { firstIndex: 0, lastIndex: -1, missing: [], failedPairs: [] };

/** A failure whose pair the next run tries again. */
function isTriedAgain({ retry, skip }: StageRequests, failure: FailedPair): boolean {
  if (failure.code === SKIPPED) return !skip.includes(failure.index);
  return retry !== undefined && isRetried(retry, failure);
}

function stageState(
  { file, checkpoint, requests }: StageFacts,
  { failed, foreign }: Readonly<Record<PairFate, number>>,
  isRunning: boolean,
): StageState {
  if (checkpoint === undefined) return { ...NOTHING_DONE, checkpoint: file };
  const { completed, total_files: total, processed_data, batch_info } = checkpoint;
  const skipped = requests.skip.length;
  const inProgress = isRunning ? pairsInWork(checkpoint) : 0;
  return {
    checkpoint: file,
    status: checkpoint.status === 'in_progress' && !isRunning ? 'interrupted' : checkpoint.status,
    total,
    completed,
    failed,
    skipped,
    foreign,
    in_progress: inProgress,
    pending: Math.max(total - completed - failed - skipped - foreign - inProgress, 0),
    last_processed_idx: checkpoint.last_processed_idx,
    saved_at: checkpoint.timestamp,
    session_id: checkpoint.session_id,
    pairs_per_second: batch_info.files_per_second,
    segments: processed_data.segments,
    bytes: processed_data.bytes,
    failures: checkpoint.failed,
  };
}

function pairsInWork({ in_progress: [first, last] }: CheckpointFile): number {
  return first === undefined || last === undefined ? 0 : last - first + 1;
}

const NOTHING_DONE: Omit<StageState, 'checkpoint'> = {
  status: 'not_started',
  total: 0,
  completed: 0,
  failed: 0,
  skipped: 0,
  foreign: 0,
  in_progress: 0,
  pending: 0,
  last_processed_idx: -1,
  saved_at: null,
  session_id: null,
  pairs_per_second: 0,
  segments: 0,
  bytes: 0,
  failures: [],
};
