import type { StageStore } from '../../checkpoint/stage-store.ts';
import type { Job } from '../../engine/isolate-crashes.ts';
import type { Pair } from '../../manifest/pair.ts';
import type { Plan } from '../../manifest/plan.ts';

/** Pairs that are looked at. */
const PAIRS = 16;

/** The last pairs before those that are still to be done, as jobs, without those that failed. */
export async function finishedJobs<J extends Job>(
  store: StageStore,
  plan: Plan,
  jobOf: (pair: Pair) => J,
): Promise<readonly J[]> {
  if (store.lastIndex < plan.first) return [];
  const from = Math.max(plan.first, store.lastIndex + 1 - PAIRS);
  const failed = new Set<number>();
  for await (const { index } of store.failures()) if (index >= from) failed.add(index);
  for await (const { pairs } of plan.batches(from, store.lastIndex + 1 - from)) {
    return pairs.filter(({ index }) => !failed.has(index)).map(jobOf);
  }
  return [];
}
