import type { CheckpointFile, StageStatus } from './checkpoint-file.ts';
import type { StageProgress } from './stage-progress.ts';
import type { StageSession } from './stage-session.ts';

export interface BatchInfo {
  readonly currentBatch: number;
  readonly totalBatches: number;
  readonly batchSize: number;
  readonly processingTimeS: number;
  readonly filesPerSecond: number;
}

/** What a checkpoint says besides what the segments say. */
export interface SaveContext {
  readonly totalPairs: number;
  readonly batch: BatchInfo;
  /** First and last index in work at the moment. */
  readonly inProgress: readonly [first: number, last: number] | undefined;
}

export const NOTHING_YET: SaveContext = {
  totalPairs: 0,
  batch: { currentBatch: 0, totalBatches: 0, batchSize: 0, processingTimeS: 0, filesPerSecond: 0 },
  inProgress: undefined,
};

/** The checkpoint of a stage that is this far. `directory` is the name of the segments' directory. */
export function describeCheckpoint(
  session: StageSession,
  directory: string,
  progress: StageProgress,
  status: StageStatus,
  context: SaveContext,
  now: Date,
): CheckpointFile {
  const { plan, fingerprint } = session;
  const { batch } = context;
  return {
    stage: session.stage,
    status,
    session_id: session.sessionId,
    last_processed_idx: progress.lastIndex,
    total_files: context.totalPairs,
    timestamp: now.toISOString(),
    batch_info: {
      current_batch: batch.currentBatch,
      total_batches: batch.totalBatches,
      batch_size: batch.batchSize,
      processing_time: batch.processingTimeS,
      files_per_second: batch.filesPerSecond,
    },
    processed_data: {
      directory,
      segments: progress.nextSequence,
      lost_segments: progress.lost.ranges(),
      records: progress.lastIndex - plan.firstIndex + 1 - progress.missing.size,
      bytes: progress.bytes,
      chain: progress.chain,
    },
    completed: progress.completedCount,
    failed: progress.latestFailures,
    failed_count: progress.failedCount,
    in_progress: context.inProgress ?? [],
    plan: {
      input_file: plan.inputFile,
      first_index: plan.firstIndex,
      hash_at_last: progress.planHash,
      fields: plan.fields,
    },
    fingerprint,
  };
}

/** What a checkpoint that is saved again keeps; nothing is in work then. */
export function contextOf({ total_files, batch_info }: CheckpointFile): SaveContext {
  return {
    totalPairs: total_files,
    batch: {
      currentBatch: batch_info.current_batch,
      totalBatches: batch_info.total_batches,
      batchSize: batch_info.batch_size,
      processingTimeS: batch_info.processing_time,
      filesPerSecond: batch_info.files_per_second,
    },
    inProgress: undefined,
  };
}

/** Whether a checkpoint's numbers follow from its segments: one whose checksum holds and that does not was not written by a run. */
export function agrees(checkpoint: CheckpointFile, progress: StageProgress): boolean {
  return (
    checkpoint.processed_data.chain === progress.chain &&
    checkpoint.last_processed_idx === progress.lastIndex &&
    checkpoint.completed === progress.completedCount &&
    checkpoint.failed_count === progress.failedCount &&
    checkpoint.processed_data.records === progress.completedCount + progress.failedCount
  );
}
