import type { CheckpointFile } from './checkpoint-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { loadCheckpoint } from './load-checkpoint.ts';
import { type StageFiles, stageFiles } from './stage-files.ts';
import type { StageProgress } from './stage-progress.ts';
import { type BadSegment, segmentsNamedBy, walkOn, walkSegments } from './walk-segments.ts';

/** A stage at one moment. */
export interface StageView {
  readonly checkpoint: CheckpointFile;
  /** Changes in its place when the stage is looked at again. */
  readonly progress: StageProgress;
  readonly bad: readonly BadSegment[];
}

/**
 * A stage that others work on, looked at again and again without the lock: of a stage that has grown only the headers of
 * the new segments are read. That one which was read before is damaged or gone since is for others to notice.
 */
export class FollowedStage {
  readonly files: StageFiles;
  readonly #fs: FileSystem;
  #view: StageView | undefined;

  constructor(checkpointFile: string, fs: FileSystem = nodeFileSystem) {
    this.files = stageFiles(checkpointFile);
    this.#fs = fs;
  }

  /**
   * The stage as it is now; `undefined` where it has not begun.
   *
   * @throws CheckpointError where neither the checkpoint nor its backup is good.
   */
  async look(): Promise<StageView | undefined> {
    const loaded = await loadCheckpoint(this.files, this.#fs);
    if (loaded === undefined) return this.#keep(undefined);
    const { checkpoint } = loaded;
    const named = segmentsNamedBy(checkpoint);
    const before = this.#view;
    if (before !== undefined && isOfOneMaking(before.checkpoint, checkpoint)) {
      const { progress, bad } = before;
      const isSame =
        named.chain === progress.chain &&
        named.count === progress.nextSequence &&
        named.lost.size === progress.lost.size;
      if (isSame) return this.#keep({ ...before, checkpoint });
      const isSound = bad.length === 0 && progress.lost.size === 0 && named.lost.size === 0;
      // A sum that goes wrong halfway is of no use, and is not kept.
      this.#view = undefined;
      if (isSound && named.count > progress.nextSequence && (await walkOn(progress, this.files, named, this.#fs))) {
        return this.#keep({ checkpoint, progress, bad });
      }
    }
    const { stage, fingerprint, plan } = checkpoint;
    const identity = { stage, fingerprint: fingerprint.id, firstIndex: plan.first_index };
    return this.#keep({ checkpoint, ...(await walkSegments(this.files, identity, named, this.#fs)) });
  }

  #keep(view: StageView | undefined): StageView | undefined {
    this.#view = view;
    return view;
  }
}

function isOfOneMaking(a: CheckpointFile, b: CheckpointFile): boolean {
  return a.stage === b.stage && a.fingerprint.id === b.fingerprint.id && a.plan.first_index === b.plan.first_index;
}
