import type { PairFailure } from '../errors.ts';
import { MAX_SHOWN_FAILURES } from './checkpoint-file.ts';
import { FailedPairs, type ReadonlyFailedPairs } from './failed-pairs.ts';
import { IndexSet } from './index-set.ts';
import { chainOf, type SegmentInfo } from './segment.ts';
import { recordIndices, type SegmentHeader, triedIndices } from './segment-header.ts';
import type { StageIdentity } from './stage-session.ts';

export interface SegmentRef {
  /** Place in the chain, from 0; the file is named after it. */
  readonly sequence: number;
  readonly pass: number;
  readonly first: number;
  readonly last: number;
}

/**
 * How far a stage is: the sum over the headers of its segments in the order they were committed. Loading a stage and
 * committing to it go through the same `apply`, so that they cannot disagree. A segment that is lost (`lose`) leaves a hole:
 * its pairs are missing until a later pass has made them again.
 */
export class StageProgress {
  readonly #identity: StageIdentity;
  readonly #segments: SegmentRef[] = [];
  readonly #failed: FailedPairs;
  readonly #missing: IndexSet;
  readonly #lost = new IndexSet(0);
  #lastIndex: number;
  /** Segments lost since the last one of the main pass: where there are any, the next one may leave a gap. */
  #lostSinceMain = 0;
  #lacksRetries = false;
  #latestPass = 0;
  #lastOfLatestPass = -1;
  #latestFailures: readonly PairFailure[] = [];
  #planHash = '';
  #chain = '';
  #bytes = 0;

  constructor(identity: StageIdentity) {
    this.#identity = identity;
    this.#failed = new FailedPairs(identity.firstIndex);
    this.#missing = new IndexSet(identity.firstIndex);
    this.#lastIndex = identity.firstIndex - 1;
  }

  /** Those that are there. */
  get segments(): readonly SegmentRef[] {
    return this.#segments;
  }

  /** Place of the next segment: so many were committed, lost ones included. */
  get nextSequence(): number {
    return this.#segments.length + this.#lost.size;
  }

  /** Places of the segments that are lost. */
  get lost(): IndexSet {
    return this.#lost;
  }

  /** Pairs of the main pass that were in lost segments, and have not been made again. */
  get missing(): IndexSet {
    return this.#missing;
  }

  /** Index of the first pair that is the stage's. */
  get firstIndex(): number {
    return this.#identity.firstIndex;
  }

  /** Last index of the main pass; one less than the first index where nothing is done. */
  get lastIndex(): number {
    return this.#lastIndex;
  }

  /** Rolling hash of the manifest up to `lastIndex`; empty where nothing is done. */
  get planHash(): string {
    return this.#planHash;
  }

  /** Link to the last segment; empty where there is none. */
  get chain(): string {
    return this.#chain;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get latestPass(): number {
    return this.#latestPass;
  }

  /** Last index that a retry has come to: -1 where it has not begun, no bound where a later one has. */
  lastIndexOfPass(pass: number): number {
    if (pass > this.#latestPass) return -1;
    return pass === this.#latestPass ? this.#lastOfLatestPass : Number.POSITIVE_INFINITY;
  }

  get failedCount(): number {
    return this.#failed.size;
  }

  /** Whether segments of a retry may be among the lost ones: what they had is not missing, but failed again. */
  get lacksRetries(): boolean {
    return this.#lacksRetries;
  }

  get completedCount(): number {
    return this.#lastIndex - this.#identity.firstIndex + 1 - this.#failed.size - this.#missing.size;
  }

  get latestFailures(): readonly PairFailure[] {
    return this.#latestFailures;
  }

  /** Pairs without a result, in order, with their codes. */
  get failedPairs(): ReadonlyFailedPairs {
    return this.#failed;
  }

  isFailed(index: number): boolean {
    return this.#failed.has(index);
  }

  /** Why a segment cannot be the next one of this stage, if so; `afterLost` where some between are lost. */
  findObjection(header: SegmentHeader, afterLost = false): string | undefined {
    const mayLeaveGap = afterLost || this.#lostSinceMain > 0;
    const { pass, first, last } = header;
    if (header.stage !== this.#identity.stage) return `it belongs to stage ${header.stage}`;
    if (header.fingerprint !== this.#identity.fingerprint) return 'it was made with other options';
    if (pass === 0) {
      const next = this.#lastIndex + 1;
      return first === next || (first > next && mayLeaveGap) ? undefined : `it starts at ${first} instead of ${next}`;
    }
    if (first < this.#identity.firstIndex || (last > this.#lastIndex && !mayLeaveGap)) {
      return 'it retries pairs that were never tried';
    }
    if (pass < this.#latestPass) return `it belongs to pass ${pass}, before pass ${this.#latestPass}`;
    if (pass === this.#latestPass && first <= this.#lastOfLatestPass)
      return `pass ${pass} is past pair ${first} already`;
    return undefined;
  }

  /** Why it is not the one after the last, if so: the link in its header says which that was. */
  findBrokenLink(header: SegmentHeader): string | undefined {
    const previous = header.previous.length === 0 ? '' : chainOf(header.previous);
    return previous === this.#chain ? undefined : 'it does not follow the segment before it';
  }

  /** The next segment is lost. */
  lose(): void {
    this.#lost.set(this.nextSequence, true);
    this.#lostSinceMain++;
  }

  /**
   * After the last segment that is there: by the checkpoint the main pass had come to `lastIndex`, and `cutOff` more segments
   * followed. What lies beyond is as if it had never been done, unless lost segments in between had a part of it.
   */
  end(lastIndex: number, planHash: string, cutOff: number): void {
    const isShort = lastIndex > this.#lastIndex;
    if (this.#lostSinceMain + cutOff > (isShort ? 1 : 0)) this.#lacksRetries = true;
    if (this.#lostSinceMain === 0 || !isShort) return;
    this.#leaveGap(lastIndex);
    this.#planHash = planHash;
  }

  /** Adds the next segment, to which there is no objection. */
  apply({ header, chain, sizeBytes }: SegmentInfo): void {
    const { pass, first, last, failures } = header;
    this.#segments.push({ sequence: this.nextSequence, pass, first, last });
    this.#chain = chain;
    this.#bytes += sizeBytes;
    if (pass === 0) {
      if (this.#lostSinceMain > (first > this.#lastIndex + 1 ? 1 : 0)) this.#lacksRetries = true;
      this.#leaveGap(first - 1);
      this.#lostSinceMain = 0;
      this.#lastIndex = last;
      this.#planHash = header.planHash;
    } else {
      this.#leaveGap(last);
      this.#latestPass = pass;
      this.#lastOfLatestPass = last;
      for (const index of triedIndices(header)) this.#missing.set(index, false);
      for (const index of recordIndices(header)) this.#failed.delete(index);
    }
    for (const failure of failures) this.#failed.add(failure);
    const again = new Set(failures.map((failure) => failure.index));
    const stillFailed = this.#latestFailures.filter(({ index }) => this.#failed.has(index) && !again.has(index));
    this.#latestFailures = [...stillFailed, ...failures].slice(-MAX_SHOWN_FAILURES);
  }

  /** Up to here, the pairs after the last one are missing. */
  #leaveGap(last: number): void {
    for (let index = this.#lastIndex + 1; index <= last; index++) this.#missing.set(index, true);
    this.#lastIndex = Math.max(this.#lastIndex, last);
  }
}
