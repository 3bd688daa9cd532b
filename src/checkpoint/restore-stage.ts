import { dirname } from 'node:path';
import { CheckpointError } from '../errors.ts';
import { type CheckpointFile, encodeCheckpoint } from './checkpoint-file.ts';
import { copyIfChanged, copyOnce } from './copy-file.ts';
import { createDirectory, writeDurably } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { type LoadedCheckpoint, loadCheckpoint } from './load-checkpoint.ts';
import { readWhole } from './read-file.ts';
import { chainOf, readSegmentHeader, type SegmentInfo, verifySegment } from './segment.ts';
import { setAside } from './set-aside.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import { type BadSegment, segmentsNamedBy } from './walk-segments.ts';

/** A stage as it lies in a second place. */
export interface StageIn {
  readonly files: StageFiles;
  readonly fs: FileSystem;
}

/** Segments that are brought back together, and are in memory. */
const TOGETHER = 4;

/**
 * Brings a stage back from its copy, where its own checkpoint is gone or cannot be read. The segments come first, so that a
 * stop in between leaves a stage without a checkpoint, which is brought back again. Returns whether there was a copy; what
 * `examine` throws for it is thrown before anything is changed.
 */
export async function restoreStage(
  files: StageFiles,
  copy: StageIn,
  examine: (checkpoint: CheckpointFile) => Promise<void>,
  fs: FileSystem,
): Promise<boolean> {
  const loaded = await loadCopy(copy);
  if (loaded === undefined) return false;
  await examine(loaded.checkpoint);
  await createDirectory(dirname(files.checkpoint), fs);
  await createDirectory(files.segments, fs);
  const { count } = segmentsNamedBy(loaded.checkpoint);
  for (let first = 0; first < count; first += TOGETHER) {
    const sequences = Array.from({ length: Math.min(TOGETHER, count - first) }, (_, at) => first + at);
    await Promise.all(sequences.map((sequence) => restoreIfOther(files, copy, sequence, fs)));
  }
  const [theirs, ours] = [(path: string) => ({ path, fs: copy.fs }), (path: string) => ({ path, fs })];
  await copyIfChanged(theirs(copy.files.requests), ours(files.requests));
  await copyOnce(theirs(copy.files.foreign), ours(files.foreign));
  await setAside(files.checkpoint, 'corrupt', fs);
  await writeDurably(files.checkpoint, [encodeCheckpoint(loaded.checkpoint)], fs);
  return true;
}

/** Replaces segments that are missing or damaged by those of the copy that have the link that is due. Returns how many. */
export async function restoreSegments(
  files: StageFiles,
  copy: StageIn,
  bad: readonly BadSegment[],
  fs: FileSystem,
): Promise<number> {
  let restored = 0;
  await createDirectory(files.segments, fs);
  const links = new Map<number, string>();
  // From the last one down: each names the one before it.
  for (const { sequence, expected = links.get(sequence) } of [...bad].reverse()) {
    const info = await headerIn(copy.files, sequence, copy.fs);
    if (info === undefined || info.chain !== expected) continue;
    links.set(sequence - 1, chainOf(info.header.previous));
    if (await restoreFile(files, copy, sequence, fs)) restored++;
  }
  return restored;
}

/** What the copy lacks leaves a hole. */
async function restoreIfOther(files: StageFiles, copy: StageIn, sequence: number, fs: FileSystem): Promise<void> {
  const here = await headerIn(files, sequence, fs);
  if (here !== undefined && here.chain === (await headerIn(copy.files, sequence, copy.fs))?.chain) return;
  await restoreFile(files, copy, sequence, fs);
}

/** Puts one segment of the copy in its place, if it is whole; what lies there is kept as evidence. */
async function restoreFile(files: StageFiles, copy: StageIn, sequence: number, fs: FileSystem): Promise<boolean> {
  const source = segmentFile(copy.files, sequence);
  const bytes = await readWhole(source, copy.fs);
  if (bytes === undefined) return false;
  try {
    await verifySegment(source, bytes);
  } catch (error) {
    if (error instanceof CheckpointError) return false;
    throw error;
  }
  await setAside(segmentFile(files, sequence), 'corrupt', fs);
  await writeDurably(segmentFile(files, sequence), [bytes], fs);
  return true;
}

async function loadCopy({ files, fs }: StageIn): Promise<LoadedCheckpoint | undefined> {
  try {
    return await loadCheckpoint(files, fs);
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}

async function headerIn(files: StageFiles, sequence: number, fs: FileSystem): Promise<SegmentInfo | undefined> {
  try {
    return await readSegmentHeader(segmentFile(files, sequence), fs);
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}
