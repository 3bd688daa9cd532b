import type { CheckpointFile } from './checkpoint-file.ts';
import { agrees } from './describe-checkpoint.ts';
import type { FailedPair } from './failed-pairs.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import type { IndexSet } from './index-set.ts';
import { loadCheckpoint } from './load-checkpoint.ts';
import { stageFiles } from './stage-files.ts';
import type { SegmentRef } from './stage-progress.ts';
import { type StageOutcomes, StageReader } from './stage-reader.ts';
import { type BadSegment, segmentsNamedBy, walkSegments } from './walk-segments.ts';

export interface StageReading {
  readonly checkpoint: CheckpointFile;
  /** Why the checkpoint itself was passed over and its backup read, if so. */
  readonly passedOver: string | undefined;
  /** The segments that are not good by their headers; the others can be read. */
  readonly bad: readonly BadSegment[];
  /** Whether the checkpoint's numbers follow from its segments, where all of these are good. */
  readonly agrees: boolean;
  /** Pairs up to `lastIndex` that are to be made again, as the segments they were in are lost. */
  readonly missing: IndexSet;
  /** Pairs without a result, in order, with their codes. */
  readonly failedPairs: Iterable<FailedPair>;
  /** Index of the first pair that is the stage's. */
  readonly firstIndex: number;
  /** Last index of the main pass that can be read. */
  readonly lastIndex: number;
  readonly reader: StageOutcomes;
  /** The segments that are good, in the order in which they were committed. */
  readonly segments: readonly SegmentRef[];
}

/**
 * A stage as it lies there, without the lock, without the options it was made with, and without changing anything; also
 * while a run adds to it. `undefined` where there is none.
 *
 * @throws CheckpointError where a checkpoint is there and neither it nor its backup is good.
 */
export async function readStage(
  checkpointFile: string,
  fs: FileSystem = nodeFileSystem,
): Promise<StageReading | undefined> {
  const files = stageFiles(checkpointFile);
  const loaded = await loadCheckpoint(files, fs);
  if (loaded === undefined) return undefined;
  const { checkpoint, passedOver } = loaded;
  const { stage, fingerprint, plan } = checkpoint;
  const identity = { stage, fingerprint: fingerprint.id, firstIndex: plan.first_index };
  const { progress, bad } = await walkSegments(files, identity, segmentsNamedBy(checkpoint), fs);
  const { lastIndex, missing, failedPairs, segments } = progress;
  const reader = new StageReader(files, progress, fs);
  const agreement = agrees(checkpoint, progress);
  const { firstIndex } = identity;
  return {
    checkpoint,
    passedOver,
    bad,
    agrees: agreement,
    missing,
    failedPairs,
    firstIndex,
    lastIndex,
    reader,
    segments,
  };
}
