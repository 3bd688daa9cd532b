import { FrameWriter } from '../checkpoint/record-frame.ts';
import { packStamps } from '../checkpoint/stamp-rows.ts';
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
  const stamps: [number, Uint8Array][] = [];
  let count = 0;
  for (const [index, outcome] of outcomes) {
    if (outcome.stamp !== undefined) stamps.push([index, outcome.stamp]);
    if (outcome.ok) {
      writer.add(index, outcome.bytes);
      count++;
    } else failures.push(pairFailure(index, outcome.code, outcome.error));
  }
  const result = { frames: writer.take(), count, failures, stamps: packStamps(stamps) };
  return { ...result, ...(cache === undefined ? {} : { cache: cache.endBatch() }) };
}
