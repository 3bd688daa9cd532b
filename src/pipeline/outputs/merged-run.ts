import type { CheckpointFile } from '../../checkpoint/checkpoint-file.ts';
import type { StageRecord } from '../../checkpoint/stage-reader.ts';
import type { CommitStatistics } from '../../checkpoint/stage-store.ts';
import type { RunHistory } from '../../run-directory/history-of-tasks.ts';
import { readMetrics } from '../../run-directory/metrics-log.ts';
import { type PairTally, tallyPairs } from '../../run-directory/pair-tally.ts';
import type { OpenedRun } from '../open/open-run.ts';

/** A stage as its data set is made from it: one that is open, or those of several tasks one after the other. */
export interface MergedStage {
  /** Whether each pair before `end` has an outcome. */
  isDone(end: number): boolean;
  /** Every pair's latest outcome, in index order. */
  records(): AsyncGenerator<StageRecord>;
  /** The latest results of some pairs, in memory of their own. */
  recordsOf(indices: ReadonlySet<number>): Promise<ReadonlyMap<number, Uint8Array>>;
  readonly saved: SavedStage;
  readonly statistics: CommitStatistics;
}

/** What a checkpoint says that a data set or its report tells. */
export interface SavedStage extends Pick<CheckpointFile, 'failed_count' | 'fingerprint'> {
  readonly plan: Pick<CheckpointFile['plan'], 'input_file'>;
  readonly processed_data: Pick<CheckpointFile['processed_data'], 'records' | 'bytes'>;
  readonly batch_info: Pick<CheckpointFile['batch_info'], 'processing_time'>;
}

/** What a data set is made from. */
export interface MergedRun extends Pick<OpenedRun, 'config' | 'context' | 'chosen' | 'plan' | 'resumed' | 'update'> {
  readonly midi: MergedStage;
  readonly text: MergedStage;
  readonly session: { readonly seconds: number };
  readonly history: RunHistory;
  tally(): PairTally;
}

/** A run that is open here, as its data set is made from it. */
export function mergedRun(opened: OpenedRun): MergedRun {
  const { midi, text, session, config } = opened;
  return {
    ...opened,
    history: { sessions: () => session.sessions(), saves: () => readMetrics(config.outputDir) },
    tally: () => tallyPairs({ midi, text }),
  };
}
