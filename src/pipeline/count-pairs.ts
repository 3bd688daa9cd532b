import type { StageStore } from '../checkpoint/stage-store.ts';
import type { PairFailure } from '../errors.ts';

export interface PairCounts {
  /** Pairs with a result of both stages. */
  readonly completed: number;
  /** Pairs that failed in at least one stage. */
  readonly failed: number;
}

/** Counts pairs, not records: one that failed in both stages counts once. Reads the headers of the segments only. */
export async function countPairs(midi: StageStore, text: StageStore): Promise<PairCounts> {
  const doneInBoth = Math.min(midi.lastIndex, text.lastIndex);
  const missing = new Set([...midi.missing, ...text.missing].filter((index) => index <= doneInBoth));
  let failed = 0;
  let failedOfBoth = 0;
  for await (const index of unionOfIndexes(midi.failures(), text.failures())) {
    failed++;
    if (index <= doneInBoth) failedOfBoth++;
    missing.delete(index);
  }
  return { completed: doneInBoth + 1 - failedOfBoth - missing.size, failed };
}

/** The indexes of two ascending streams, each once. */
async function* unionOfIndexes(
  left: AsyncIterator<PairFailure>,
  right: AsyncIterator<PairFailure>,
): AsyncGenerator<number> {
  let [a, b] = await Promise.all([left.next(), right.next()]);
  while (!a.done || !b.done) {
    const indexA = a.done ? Number.POSITIVE_INFINITY : a.value.index;
    const indexB = b.done ? Number.POSITIVE_INFINITY : b.value.index;
    yield Math.min(indexA, indexB);
    if (indexA <= indexB) a = await left.next();
    if (indexB <= indexA) b = await right.next();
  }
}
