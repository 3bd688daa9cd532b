import { CheckpointError, messageOf } from '../errors.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';
import { chainOf, FIRST_READ, readSegmentHeader, type SegmentInfo } from './segment.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import { StageProgress } from './stage-progress.ts';
import type { StageIdentity } from './stage-session.ts';

/** Headers read at the same time while a chain is walked: the file system's latency is shared. */
const READ_AHEAD = 16;
/** Ranges of lost segments that a checkpoint of 64 KB has room for; damage beyond them costs what follows. */
const MAX_LOST_RANGES = 1000;

export interface BadSegment {
  readonly sequence: number;
  readonly file: string;
  /** False: the file is missing. */
  readonly present: boolean;
  readonly reason: string;
  /** The link that the file in this place must have, where that is known: what shows that a copy is the right one. */
  readonly expected?: string | undefined;
}

export interface Walk {
  /** Sum of the good segments. */
  readonly progress: StageProgress;
  /** Those that are not good, and that the checkpoint does not know to be lost. */
  readonly bad: readonly BadSegment[];
}

/** What a checkpoint says of its segments. */
export interface NamedSegments {
  readonly count: number;
  /** Link to the last one; `undefined` where it is not known. */
  readonly chain: string | undefined;
  readonly lost: ReadonlySet<number>;
  readonly lastIndex: number;
  readonly planHash: string;
}

export function segmentsNamedBy({ processed_data, last_processed_idx, plan }: CheckpointFile): NamedSegments {
  const lost = processed_data.lost_segments.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
  return {
    count: processed_data.segments,
    chain: processed_data.chain === '' ? undefined : processed_data.chain,
    lost: new Set(lost),
    lastIndex: last_processed_idx,
    planHash: plan.hash_at_last,
  };
}

/**
 * Walks the segments that a checkpoint names by their headers: checksums, sizes, links, ranges. Records are not read. A bad one
 * costs its own pairs: what follows it is held to the chain from its end, which the checkpoint names, backwards. Bad ones at the end
 * are cut off. A read error is a `StorageError`.
 */
export async function walkSegments(
  files: StageFiles,
  identity: StageIdentity,
  named: NamedSegments,
  fs: FileSystem,
): Promise<Walk> {
  const sound = named.lost.size === 0 ? await walkSound(files, identity, named, fs) : undefined;
  return sound === undefined ? walkDamaged(files, identity, named, fs) : { progress: sound, bad: [] };
}

/** The way of nearly every run: once, forwards. `undefined` where something is not good. */
async function walkSound(
  files: StageFiles,
  identity: StageIdentity,
  named: NamedSegments,
  fs: FileSystem,
): Promise<StageProgress | undefined> {
  const progress = new StageProgress(identity);
  return (await walkOn(progress, files, named, fs)) ? progress : undefined;
}

/**
 * Adds to a sum of good segments those that were committed since. False where one of them is not good, or is of another chain: the
 * sum is of no use then.
 */
export async function walkOn(
  progress: StageProgress,
  files: StageFiles,
  { count, chain }: NamedSegments,
  fs: FileSystem,
): Promise<boolean> {
  for await (const head of readHeads(files, count, fs, progress.nextSequence)) {
    if ('reason' in head) return false;
    const { header } = head.info;
    if ((progress.findBrokenLink(header) ?? progress.findObjection(header)) !== undefined) return false;
    progress.apply(head.info);
  }
  return chain === undefined || progress.chain === chain;
}

/**
 * Where something is not good: once to find what does not belong to the chain, and once more to sum up the rest. A segment is
 * lost only where a good one follows; the bad ones at the end are as if they had never been committed.
 */
async function walkDamaged(
  files: StageFiles,
  identity: StageIdentity,
  named: NamedSegments,
  fs: FileSystem,
): Promise<Walk> {
  const bad = await findBroken(files, named, fs);
  const progress = new StageProgress(identity);
  let doubtful = 0;
  for await (const head of readHeads(files, named.count, fs)) {
    const { sequence } = head;
    if (!named.lost.has(sequence) && !bad.has(sequence) && 'info' in head) {
      const reason = progress.findObjection(head.info.header, doubtful > 0);
      if (reason === undefined) {
        for (; doubtful > 0; doubtful--) progress.lose();
        progress.apply(head.info);
        continue;
      }
      bad.set(sequence, { sequence, file: segmentFile(files, sequence), present: true, reason });
    }
    doubtful++;
    if (progress.lost.ranges().length >= MAX_LOST_RANGES) break;
  }
  progress.end(named.lastIndex, named.planHash, doubtful);
  return { progress, bad: [...bad.values()].sort((a, b) => a.sequence - b.sequence) };
}

/** What cannot be read, or is not the segment that the one after it (after the last: the checkpoint) names. */
async function findBroken(
  files: StageFiles,
  { count, chain, lost }: NamedSegments,
  fs: FileSystem,
): Promise<Map<number, BadSegment>> {
  const heads: (Link | BadSegment)[] = [];
  for await (const head of readHeads(files, count, fs)) heads.push('info' in head ? linkOf(head.info) : head);
  const bad = new Map<number, BadSegment>();
  let expected = chain;
  for (let sequence = count - 1; sequence >= 0; sequence--) {
    const head = heads[sequence];
    if (head === undefined || lost.has(sequence)) {
      expected = undefined;
    } else if ('reason' in head) {
      bad.set(sequence, { ...head, expected });
      expected = undefined;
    } else if (expected !== undefined && head.chain !== expected) {
      const namer = sequence === count - 1 ? 'the checkpoint' : 'the segment after it';
      const reason = `it is not the one that ${namer} names`;
      bad.set(sequence, { sequence, file: segmentFile(files, sequence), present: true, reason, expected });
      expected = undefined;
    } else expected = head.previous;
  }
  return bad;
}

/** The link that the segment in a place must have by the one after it, or by the checkpoint; `undefined` where that is lost too. */
export async function expectedLink(
  files: StageFiles,
  { count, chain, lost }: NamedSegments,
  sequence: number,
  fs: FileSystem,
): Promise<string | undefined> {
  const next = sequence + 1;
  if (next === count) return chain;
  const head = lost.has(next) ? undefined : await readHead(files, next, fs);
  return head !== undefined && 'info' in head ? linkOf(head.info).previous : undefined;
}

interface Link {
  readonly chain: string;
  readonly previous: string;
}

function linkOf({ header, chain }: SegmentInfo): Link {
  return { chain, previous: header.previous.length === 0 ? '' : chainOf(header.previous) };
}

type Head = { readonly sequence: number; readonly info: SegmentInfo } | BadSegment;

/** What a head is read into is used again: when the next is asked for, it is over with it. */
async function* readHeads(files: StageFiles, count: number, fs: FileSystem, from = 0): AsyncGenerator<Head> {
  const rooms = Array.from({ length: Math.min(READ_AHEAD, count - from) }, () => Buffer.allocUnsafe(FIRST_READ));
  for (let start = from; start < count; start += READ_AHEAD) {
    const sequences = Array.from({ length: Math.min(READ_AHEAD, count - start) }, (_, at) => start + at);
    yield* await Promise.all(sequences.map((sequence, at) => readHead(files, sequence, fs, rooms[at])));
  }
}

async function readHead(files: StageFiles, sequence: number, fs: FileSystem, room?: Buffer): Promise<Head> {
  const file = segmentFile(files, sequence);
  try {
    return { sequence, info: await readSegmentHeader(file, fs, room) };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return { sequence, file, present: error.code !== 'segment_missing', reason: messageOf(error) };
  }
}
