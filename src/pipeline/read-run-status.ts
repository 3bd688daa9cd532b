import type { StageStatus } from '../checkpoint/checkpoint-file.ts';
import { readStatus } from '../checkpoint/read-status.ts';
import { CheckpointError } from '../errors.ts';
import type { StageName } from './run-events.ts';

/** How far a run is, from its checkpoints alone; also while it is going. */
export interface RunStatus {
  readonly status: StageStatus;
  readonly stages: Readonly<Record<StageName, StageState>>;
}

export interface StageState {
  readonly checkpoint: string;
  readonly status: StageStatus;
  readonly total: number;
  /** Pairs with a result, with a failure, in work when the checkpoint was saved, and not begun. */
  readonly completed: number;
  readonly failed: number;
  readonly in_progress: number;
  readonly pending: number;
  readonly last_processed_idx: number;
  /** ISO 8601; `null` where nothing is saved. */
  readonly saved_at: string | null;
  readonly session_id: string | null;
  readonly pairs_per_second: number;
  readonly segments: number;
  readonly bytes: number;
}

/** @throws CheckpointError `checkpoint_corrupt` where a checkpoint is there and neither it nor its backup can be read. */
export async function readRunStatus(files: Readonly<Record<StageName, string>>): Promise<RunStatus> {
  const [midi, text] = await Promise.all([readStage(files.midi), readStage(files.text)]);
  return { status: jointStatus([midi.status, text.status]), stages: { midi, text } };
}

async function readStage(file: string): Promise<StageState> {
  const found = await readStatus(file);
  if (found.kind === 'unreadable') {
    throw new CheckpointError('checkpoint_corrupt', `checkpoint ${file} cannot be read: ${found.reason}`);
  }
  if (found.kind === 'absent') return { ...NOTHING_DONE, checkpoint: file };
  const { checkpoint } = found;
  const [first, last] = checkpoint.in_progress;
  const inProgress = first === undefined || last === undefined ? 0 : last - first + 1;
  return {
    checkpoint: file,
    status: checkpoint.status,
    total: checkpoint.total_files,
    completed: checkpoint.completed,
    failed: checkpoint.failed_count,
    in_progress: inProgress,
    pending: checkpoint.total_files - checkpoint.processed_data.records - inProgress,
    last_processed_idx: checkpoint.last_processed_idx,
    saved_at: checkpoint.timestamp,
    session_id: checkpoint.session_id,
    pairs_per_second: checkpoint.batch_info.files_per_second,
    segments: checkpoint.processed_data.segments,
    bytes: checkpoint.processed_data.bytes,
  };
}

const NOTHING_DONE: Omit<StageState, 'checkpoint'> = {
  status: 'not_started',
  total: 0,
  completed: 0,
  failed: 0,
  in_progress: 0,
  pending: 0,
  last_processed_idx: -1,
  saved_at: null,
  session_id: null,
  pairs_per_second: 0,
  segments: 0,
  bytes: 0,
};

function jointStatus(stages: readonly StageStatus[]): StageStatus {
  for (const status of ['failed', 'in_progress'] as const) if (stages.includes(status)) return status;
  if (stages.every((status) => status === 'completed')) return 'completed';
  return stages.every((status) => status === 'not_started') ? 'not_started' : 'in_progress';
}
