import type { PairFailure } from '../errors.ts';
import { MAX_SHOWN_FAILURES } from './checkpoint-file.ts';
import type { StageSession } from './describe-checkpoint.ts';
import { IndexSet } from './index-set.ts';
import { chainOf, type SegmentInfo } from './segment.ts';
import { recordIndices, type SegmentHeader } from './segment-header.ts';

/** What every segment of a stage has in common. */
export interface StageIdentity {
  readonly stage: string;
  readonly fingerprint: string;
  /** Index of the first pair of this shard. */
  readonly firstIndex: number;
}

export function identityOf({ stage, fingerprint, plan }: StageSession): StageIdentity {
  return { stage, fingerprint: fingerprint.id, firstIndex: plan.firstIndex };
}

export interface SegmentRef {
  /** Place in the chain, from 0; the file is named after it. */
  readonly sequence: number;
  readonly pass: number;
  readonly first: number;
  readonly last: number;
}

/**
 * How far a stage is: the sum over the headers of its segments in the order they were committed. Loading a stage and
 * committing to it go through the same `apply`, so that they cannot disagree.
 */
export class StageProgress {
  readonly #identity: StageIdentity;
  readonly #segments: SegmentRef[] = [];
  readonly #failed: IndexSet;
  #lastIndex: number;
  #latestPass = 0;
  #lastOfLatestPass = -1;
  #latestFailures: readonly PairFailure[] = [];
  #planHash = '';
  #chain = '';
  #bytes = 0;

  constructor(identity: StageIdentity) {
    this.#identity = identity;
    this.#failed = new IndexSet(identity.firstIndex);
    this.#lastIndex = identity.firstIndex - 1;
  }

  get segments(): readonly SegmentRef[] {
    return this.#segments;
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

  get completedCount(): number {
    return this.#lastIndex - this.#identity.firstIndex + 1 - this.#failed.size;
  }

  get latestFailures(): readonly PairFailure[] {
    return this.#latestFailures;
  }

  isFailed(index: number): boolean {
    return this.#failed.has(index);
  }

  /** Why a segment cannot be the next one of this stage, if so. */
  findObjection(header: SegmentHeader): string | undefined {
    const { pass, first, last } = header;
    if (header.stage !== this.#identity.stage) return `it belongs to stage ${header.stage}`;
    if (header.fingerprint !== this.#identity.fingerprint) return 'it was made with other options';
    if ((header.previous.length === 0 ? '' : chainOf(header.previous)) !== this.#chain) {
      return 'it does not follow the segment before it';
    }
    if (pass === 0) {
      return first === this.#lastIndex + 1 ? undefined : `it starts at ${first} instead of ${this.#lastIndex + 1}`;
    }
    if (first < this.#identity.firstIndex || last > this.#lastIndex) return 'it retries pairs that were never tried';
    if (pass < this.#latestPass) return `it belongs to pass ${pass}, before pass ${this.#latestPass}`;
    if (pass === this.#latestPass && first <= this.#lastOfLatestPass)
      return `pass ${pass} is past pair ${first} already`;
    return undefined;
  }

  /** Adds the next segment, to which there is no objection. */
  apply({ header, chain, sizeBytes }: SegmentInfo): void {
    const { pass, first, last, failures } = header;
    this.#segments.push({ sequence: this.#segments.length, pass, first, last });
    this.#chain = chain;
    this.#bytes += sizeBytes;
    if (pass === 0) {
      this.#lastIndex = last;
      this.#planHash = header.planHash;
    } else {
      this.#latestPass = pass;
      this.#lastOfLatestPass = last;
      for (const index of recordIndices(header)) this.#failed.set(index, false);
    }
    for (const { index } of failures) this.#failed.set(index, true);
    const again = new Set(failures.map((failure) => failure.index));
    const stillFailed = this.#latestFailures.filter(({ index }) => this.#failed.has(index) && !again.has(index));
    this.#latestFailures = [...stillFailed, ...failures].slice(-MAX_SHOWN_FAILURES);
  }
}
