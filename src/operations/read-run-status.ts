import type { CheckpointFile, StageStatus } from '../checkpoint/checkpoint-file.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStage } from '../checkpoint/read-stage.ts';
import { readStatus } from '../checkpoint/read-status.ts';
import { findRunHolder } from '../checkpoint/run-lock.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { readRequests } from '../checkpoint/stage-requests.ts';
import { CheckpointError, type PairFailure } from '../errors.ts';
import { isRetried } from '../run-directory/is-retried.ts';
import type { RunFiles, StageName } from '../run-directory/run-files.ts';

/** How far a run is, from its checkpoints alone; also while it is going. */
export interface RunStatus {
  readonly status: StageStatus;
  /** Who works on it at the moment; `null` where nobody does. */
  readonly running: RunningProcess | null;
  readonly stages: Readonly<Record<StageName, StageState>>;
}

export interface RunningProcess {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
}

export interface StageState {
  readonly checkpoint: string;
  readonly status: StageStatus;
  readonly total: number;
  /** Every pair counts in one of the next five. `in_progress` is in work now: none where no run is going. */
  readonly completed: number;
  readonly failed: number;
  readonly in_progress: number;
  /** Not begun, or to be tried again. */
  readonly pending: number;
  /** Never to be tried, as the user said. */
  readonly skipped: number;
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

/** @throws CheckpointError `checkpoint_corrupt` where a checkpoint is there and neither it nor its backup can be read. */
export async function readRunStatus({ directory, checkpoints }: RunFiles): Promise<RunStatus> {
  const running = await findRunning(directory);
  const isRunning = running !== null;
  const [midi, text] = await Promise.all([
    readStageState(checkpoints.midi, isRunning),
    readStageState(checkpoints.text, isRunning),
  ]);
  return { status: jointStatus([midi.status, text.status]), running, stages: { midi, text } };
}

export async function findRunning(directory: string): Promise<RunningProcess | null> {
  const holder = await findRunHolder(directory);
  return holder === undefined ? null : { pid: holder.pid, host: holder.host, since: holder.since };
}

async function readStageState(file: string, isRunning: boolean): Promise<StageState> {
  const found = await readStatus(file);
  if (found.kind === 'unreadable') {
    throw new CheckpointError('checkpoint_corrupt', `checkpoint ${file} cannot be read: ${found.reason}`);
  }
  if (found.kind === 'absent') return { ...NOTHING_DONE, checkpoint: file };
  const { checkpoint } = found;
  const { skip } = await readRequests(stageFiles(file), nodeFileSystem);
  const skippedDone = skip.filter((index) => index <= checkpoint.last_processed_idx).length;
  const retried = await countRetried(file);
  const inProgress = isRunning ? pairsInWork(checkpoint) : 0;
  const failed = Math.max(checkpoint.failed_count - skippedDone - retried, 0);
  return {
    checkpoint: file,
    status: checkpoint.status,
    total: checkpoint.total_files,
    completed: checkpoint.completed,
    failed,
    in_progress: inProgress,
    pending: Math.max(checkpoint.total_files - checkpoint.completed - failed - skip.length - inProgress, 0),
    skipped: skip.length,
    last_processed_idx: checkpoint.last_processed_idx,
    saved_at: checkpoint.timestamp,
    session_id: checkpoint.session_id,
    pairs_per_second: checkpoint.batch_info.files_per_second,
    segments: checkpoint.processed_data.segments,
    bytes: checkpoint.processed_data.bytes,
    failures: checkpoint.failed,
  };
}

function pairsInWork({ in_progress: [first, last] }: CheckpointFile): number {
  return first === undefined || last === undefined ? 0 : last - first + 1;
}

/** Failed pairs that the next run tries again; the segments are read only where that was asked for. */
async function countRetried(file: string): Promise<number> {
  const { retry } = await readRequests(stageFiles(file), nodeFileSystem);
  const stage = retry === undefined ? undefined : await readStage(file);
  if (retry === undefined || stage === undefined) return 0;
  let count = 0;
  for await (const failure of stage.reader.failures()) if (isRetried(retry, failure)) count++;
  return count;
}

const NOTHING_DONE: Omit<StageState, 'checkpoint'> = {
  status: 'not_started',
  total: 0,
  completed: 0,
  failed: 0,
  in_progress: 0,
  pending: 0,
  skipped: 0,
  last_processed_idx: -1,
  saved_at: null,
  session_id: null,
  pairs_per_second: 0,
  segments: 0,
  bytes: 0,
  failures: [],
};

export function jointStatus(stages: readonly StageStatus[]): StageStatus {
  for (const status of ['failed', 'in_progress'] as const) if (stages.includes(status)) return status;
  if (stages.every((status) => status === 'completed')) return 'completed';
  return stages.every((status) => status === 'not_started') ? 'not_started' : 'in_progress';
}
