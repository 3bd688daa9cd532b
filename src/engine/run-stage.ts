import type { PairFailure } from '../errors.ts';
import type { BatchResult } from '../worker/batch-result.ts';
import { inOrder } from './in-order.ts';
import type { Job } from './isolate-crashes.ts';

/** A batch on its way in: its jobs, and what the checkpoint wants to know about its place in the manifest. */
export interface StageBatch<J extends Job> {
  readonly jobs: readonly J[];
  readonly first: number;
  readonly last: number;
  /** Rolling hash of the manifest up to `last`. */
  readonly planHash: string;
  /** CRC-32 of each pair's manifest record. */
  readonly pairHashes: Uint32Array;
  /** What each pair is known by, `KEY_BYTES` a pair. */
  readonly keys: Uint8Array;
}

/** Finished batches that follow each other: what one commit makes durable. */
export interface FinishedBatches {
  readonly first: number;
  readonly last: number;
  readonly planHash: string;
  readonly pairHashes: readonly Uint32Array[];
  readonly keys: readonly Uint8Array[];
  readonly frames: readonly Uint8Array[];
  readonly failures: readonly PairFailure[];
  readonly stamps: readonly Uint8Array[];
  /** Pairs in them, failed or not. */
  readonly pairs: number;
}

/** A batch that has come back. */
export interface FinishedBatch extends Pick<BatchResult, 'frames' | 'failures'> {
  readonly first: number;
  readonly last: number;
  readonly pairs: number;
  readonly failed: number;
}

export type WaitCause = 'work' | 'saves';

export interface StageRunner<J extends Job> {
  readonly batches: AsyncIterable<StageBatch<J>>;
  /** Batches in flight at most. */
  readonly window: number;
  readonly batchesPerCommit: number;
  readonly work: (jobs: readonly J[]) => Promise<BatchResult>;
  readonly commit: (finished: FinishedBatches) => Promise<void>;
  /** Told of each in order, before it is committed. */
  readonly onBatch: (batch: FinishedBatch) => void;
  /** Told how long it waited for its workers, and how long no batch was handed out because a commit had not ended. */
  readonly onWaited: (cause: WaitCause, seconds: number) => void;
}

/** More finished bytes than this are committed before the interval is full, so that memory stays bounded. */
const UNCOMMITTED_BYTES = 64 * 2 ** 20;

/**
 * Works off the batches of a stage and commits them in order. One commit runs while the next batches are worked on.
 * When a batch fails as a whole, everything finished before it is committed first; the same when the batches end early.
 */
export async function runStage<J extends Job>(stage: StageRunner<J>): Promise<void> {
  const uncommitted = new UncommittedBatches();
  let commit: Promise<void> = Promise.resolve();
  const commitEnded = async (): Promise<void> => {
    const startedAt = performance.now();
    await commit.finally(() => stage.onWaited('saves', (performance.now() - startedAt) / 1000));
  };
  const commitNext = async (): Promise<void> => {
    await commitEnded();
    const finished = uncommitted.take();
    if (finished !== undefined) commit = stage.commit(finished);
    commit.catch(() => {
      // Observed by the next `commitEnded`.
    });
  };

  try {
    const work = async (batch: StageBatch<J>) => ({ batch, result: await stage.work(batch.jobs) });
    let askedAt = performance.now();
    for await (const { batch, result } of inOrder(stage.batches, stage.window, work)) {
      stage.onWaited('work', (performance.now() - askedAt) / 1000);
      uncommitted.add(batch, result);
      stage.onBatch(finishedBatch(batch, result));
      if (uncommitted.batches >= stage.batchesPerCommit || uncommitted.bytes >= UNCOMMITTED_BYTES) await commitNext();
      askedAt = performance.now();
    }
  } finally {
    await commitNext();
    await commitEnded();
  }
}

function finishedBatch<J extends Job>(
  { jobs, first, last }: StageBatch<J>,
  { frames, failures }: BatchResult,
): FinishedBatch {
  return { first, last, frames, failures, pairs: jobs.length, failed: failures.length };
}

class UncommittedBatches {
  #batches: { readonly batch: StageBatch<Job>; readonly result: BatchResult }[] = [];
  bytes = 0;

  get batches(): number {
    return this.#batches.length;
  }

  add(batch: StageBatch<Job>, result: BatchResult): void {
    this.#batches.push({ batch, result });
    this.bytes += result.frames.byteLength;
  }

  take(): FinishedBatches | undefined {
    const taken = this.#batches;
    this.#batches = [];
    this.bytes = 0;
    const first = taken[0]?.batch;
    const last = taken.at(-1)?.batch;
    if (first === undefined || last === undefined) return undefined;
    return {
      first: first.first,
      last: last.last,
      planHash: last.planHash,
      pairHashes: taken.map(({ batch }) => batch.pairHashes),
      keys: taken.map(({ batch }) => batch.keys),
      frames: taken.map(({ result }) => result.frames),
      failures: taken.flatMap(({ result }) => result.failures),
      stamps: taken.map(({ result }) => result.stamps),
      pairs: taken.reduce((sum, { batch }) => sum + batch.jobs.length, 0),
    };
  }
}
