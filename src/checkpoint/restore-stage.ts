import { dirname } from 'node:path';
import { CheckpointError } from '../errors.ts';
import { type CheckpointFile, encodeCheckpoint } from './checkpoint-file.ts';
import { copyIfChanged, copyOnce } from './copy-file.ts';
import { createDirectory, writeDurably } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { type LoadedCheckpoint, loadCheckpoint } from './load-checkpoint.ts';
import { readWhole } from './read-file.ts';
import { chainOf, readSegment, readSegmentHeader, type SegmentInfo } from './segment.ts';
import { setAside } from './set-aside.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import { type BadSegment, segmentsNamedBy } from './walk-segments.ts';

/**
 * Brings a stage back from its copy, where its own checkpoint is gone or cannot be read. The segments come first, so that a
 * stop in between leaves a stage without a checkpoint, which is brought back again. Returns whether there was a copy; what
 * `examine` throws for it is thrown before anything is changed.
 */
export async function restoreStage(
  files: StageFiles,
  copy: StageFiles,
  examine: (checkpoint: CheckpointFile) => Promise<void>,
  fs: FileSystem,
): Promise<boolean> {
  const loaded = await loadCopy(copy, fs);
  if (loaded === undefined) return false;
  await examine(loaded.checkpoint);
  await createDirectory(dirname(files.checkpoint), fs);
  await createDirectory(files.segments, fs);
  const { count } = segmentsNamedBy(loaded.checkpoint);
  for (let sequence = 0; sequence < count; sequence++) {
    const chain = (await headerIn(copy, sequence, fs))?.chain;
    // What the copy lacks leaves a hole.
    if (chain === undefined || (await headerIn(files, sequence, fs))?.chain === chain) continue;
    await restoreFile(files, copy, sequence, fs);
  }
  await copyIfChanged(copy.requests, files.requests, fs);
  await copyOnce(copy.foreign, files.foreign, fs);
  await setAside(files.checkpoint, 'corrupt', fs);
  await writeDurably(files.checkpoint, [encodeCheckpoint(loaded.checkpoint)], fs);
  return true;
}

/** Replaces segments that are missing or damaged by those of the copy that have the link that is due. Returns how many. */
export async function restoreSegments(
  files: StageFiles,
  copy: StageFiles,
  bad: readonly BadSegment[],
  fs: FileSystem,
): Promise<number> {
  let restored = 0;
  await createDirectory(files.segments, fs);
  const links = new Map<number, string>();
  // From the last one down: each names the one before it.
  for (const { sequence, expected = links.get(sequence) } of [...bad].reverse()) {
    const info = await headerIn(copy, sequence, fs);
    if (info === undefined || info.chain !== expected) continue;
    links.set(sequence - 1, chainOf(info.header.previous));
    if (await restoreFile(files, copy, sequence, fs)) restored++;
  }
  return restored;
}

/** Puts one segment of the copy in its place, if it is whole; what lies there is kept as evidence. */
export async function restoreFile(
  files: StageFiles,
  copy: StageFiles,
  sequence: number,
  fs: FileSystem,
): Promise<boolean> {
  const source = segmentFile(copy, sequence);
  try {
    await readSegment(source, fs);
  } catch (error) {
    if (error instanceof CheckpointError) return false;
    throw error;
  }
  const bytes = await readWhole(source, fs);
  if (bytes === undefined) return false;
  await setAside(segmentFile(files, sequence), 'corrupt', fs);
  await writeDurably(segmentFile(files, sequence), [bytes], fs);
  return true;
}

async function loadCopy(copy: StageFiles, fs: FileSystem): Promise<LoadedCheckpoint | undefined> {
  try {
    return await loadCheckpoint(copy, fs);
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
