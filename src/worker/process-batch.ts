import { FrameWriter } from '../checkpoint/record-frame.ts';
import type { PairFailure } from '../errors.ts';
import type { BatchCache } from './batch-cache.ts';
import { type BatchResult, type PairOutcome, pairFailure } from './batch-result.ts';

/** Gathers what became of each pair of a batch, in the order of the jobs. */
export function packOutcomes(
  outcomes: Iterable<readonly [index: number, PairOutcome]>,
  cache: BatchCache | undefined,
): BatchResult {
  const writer = new FrameWriter();
  const failures: PairFailure[] = [];
  let count = 0;
  for (const [index, outcome] of outcomes) {
    if (outcome.ok) {
      writer.add(index, outcome.bytes);
      count++;
    } else failures.push(pairFailure(index, outcome.code, outcome.error));
  }
  return { frames: writer.take(), count, failures, ...(cache === undefined ? {} : { cache: cache.endBatch() }) };
}
