import { CheckpointError, messageOf } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { readSegmentHeader, type SegmentInfo } from './segment.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import { type StageIdentity, StageProgress } from './stage-progress.ts';

/** Headers read at the same time while a chain is walked: the file system's latency is shared. */
const READ_AHEAD = 16;

export interface BadSegment {
  readonly sequence: number;
  readonly file: string;
  /** False: the file is missing. */
  readonly present: boolean;
  readonly reason: string;
}

export interface Walk {
  /** Sum of the good segments, from the first on. */
  readonly progress: StageProgress;
  /** The first one that is not good, if any. */
  readonly bad: BadSegment | undefined;
}

/**
 * Walks the first `count` segments of a stage by their headers: checksums, sizes, links, ranges. Where `chain` is given,
 * the last one must have it. Records are not read. Stops at the first bad segment; a read error is a `StorageError`.
 */
export async function walkSegments(
  files: StageFiles,
  identity: StageIdentity,
  count: number,
  chain: string | undefined,
  fs: FileSystem,
): Promise<Walk> {
  const progress = new StageProgress(identity);
  for (let start = 0; start < count; start += READ_AHEAD) {
    const sequences = Array.from({ length: Math.min(READ_AHEAD, count - start) }, (_, at) => start + at);
    const heads = await Promise.all(sequences.map((sequence) => readHead(files, sequence, fs)));
    for (const head of heads) {
      if ('reason' in head) return { progress, bad: head };
      const { info, sequence } = head;
      const reason = progress.findObjection(info.header) ?? findBrokenAnchor(info, sequence === count - 1, chain);
      if (reason !== undefined) {
        return { progress, bad: { sequence, file: segmentFile(files, sequence), present: true, reason } };
      }
      progress.apply(info);
    }
  }
  return { progress, bad: undefined };
}

function findBrokenAnchor(info: SegmentInfo, isLast: boolean, chain: string | undefined): string | undefined {
  return isLast && chain !== undefined && info.chain !== chain ? 'it is not the one the checkpoint names' : undefined;
}

async function readHead(
  files: StageFiles,
  sequence: number,
  fs: FileSystem,
): Promise<{ readonly sequence: number; readonly info: SegmentInfo } | BadSegment> {
  const file = segmentFile(files, sequence);
  try {
    return { sequence, info: await readSegmentHeader(file, fs) };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return { sequence, file, present: error.code !== 'segment_missing', reason: messageOf(error) };
  }
}
