import { CheckpointError, messageOf, type PairFailure } from '../errors.ts';
import type { StoredRecords } from './pack-records.ts';
import { readFrames } from './record-frame.ts';
import { findContradiction, type SegmentHeader } from './segment-header.ts';
import type { StageProgress } from './stage-progress.ts';
import type { StageSession } from './stage-session.ts';
import { arrangeStamps } from './stamp-rows.ts';

/** Longer messages are cut: they stand in a header that is read on every start. */
const MAX_ERROR_CHARS = 500;

/** The outcomes of one checkpoint interval, or of part of a retry. */
export interface SegmentCommit {
  /** 0: the main pass; `store.nextPass`, or the one begun with it: a retry. */
  readonly pass: number;
  /** The indices covered, both inclusive; the main pass continues at `store.lastIndex + 1`. */
  readonly first: number;
  readonly last: number;
  /** Framed records (`record-frame.ts`), ascending by index over all of them. */
  readonly frames: readonly Uint8Array[];
  /** Pairs without a result, in any order. */
  readonly failures: readonly PairFailure[];
  /** Main pass: the rolling hash of the manifest up to `last`. Ignored in a retry. */
  readonly planHash: string;
  /** One hash of the manifest's entry per pair that was tried, in index order. */
  readonly pairHashes: Uint32Array;
  /** What each of these pairs is known by, `KEY_BYTES` a pair in index order; empty where that is not known. */
  readonly keys: Uint8Array;
  /** What the pairs were made from, as `stamp-rows.ts` lays it out. */
  readonly stamps: readonly Uint8Array[];
}

/** The header under which the outcomes are saved, and their records as they are `stored`. Throws `CheckpointError` `segment_refused` where they do not fit. */
export function headerFor(
  commit: SegmentCommit,
  stored: StoredRecords,
  session: StageSession,
  progress: StageProgress,
): SegmentHeader {
  const { pass, first, last, frames } = commit;
  const refused = (objection: string): CheckpointError =>
    new CheckpointError('segment_refused', `pairs ${first} to ${last} of pass ${pass} are not saved: ${objection}`);
  let recorded: readonly number[];
  try {
    recorded = frames.flatMap((chunk) => Array.from(readFrames(chunk), (record) => record.index));
  } catch (error) {
    throw refused(messageOf(error));
  }
  const failures = commit.failures.map(savedFailure).sort((a, b) => a.index - b.index);
  const tried = [...recorded, ...failures.map((failure) => failure.index)].sort((a, b) => a - b);
  const header: SegmentHeader = {
    stage: session.stage,
    pass,
    first,
    last,
    count: recorded.length,
    failures,
    retried: Uint32Array.from(pass === 0 ? [] : tried),
    pairHashes: commit.pairHashes,
    stamps: arrangeStamps(commit.stamps, tried),
    keys: commit.keys,
    planHash: pass === 0 ? commit.planHash : progress.planHash,
    fingerprint: session.fingerprint.id,
    sessionId: session.sessionId,
    recordsBytes: stored.sizeBytes,
    recordsSha256: stored.sha256,
    ...(stored.packed === undefined ? {} : { packed: stored.packed }),
    previous: Buffer.from(progress.chain.slice('sha256:'.length), 'hex'),
  };
  const objection =
    findDisorder(recorded, tried, first, last) ?? findContradiction(header) ?? progress.findObjection(header);
  if (objection === undefined) return header;
  throw refused(objection);
}

function findDisorder(
  recorded: readonly number[],
  tried: readonly number[],
  first: number,
  last: number,
): string | undefined {
  if (recorded.some((index, at) => index <= (recorded[at - 1] ?? -1))) return 'the records are not in index order';
  if (tried.some((index, at) => index === tried[at - 1])) return 'a pair has two outcomes';
  if (tried.some((index) => index < first || index > last)) return 'an outcome lies outside the range';
  return undefined;
}

/** A failure as a segment has it. */
export function savedFailure(failure: PairFailure): PairFailure {
  return { ...failure, error: failure.error.slice(0, MAX_ERROR_CHARS) };
}
