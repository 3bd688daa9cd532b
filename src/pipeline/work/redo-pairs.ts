import type { StageStore } from '../../checkpoint/stage-store.ts';
import { SKIPPED } from '../../run-directory/exemptions.ts';
import type { PendingPass } from '../open/retry-pairs.ts';

/**
 * The pairs of a stage that are to be made again, in a pass of their own: what lost segments held, what is not skipped any
 * more, and what `changed` since it was made. Nothing is written down before: killed in the middle, the next session finds what is left.
 */
export async function pairsToRedo(store: StageStore, changed: readonly number[]): Promise<PendingPass> {
  const indexes = new Set([...store.missing, ...changed]);
  const skip = new Set((await store.requests()).skip);
  if (store.saved.failed_count > 0) {
    for await (const { index, code } of store.failures()) if (code === SKIPPED && !skip.has(index)) indexes.add(index);
  }
  return { pass: store.nextPass, indexes: [...indexes].sort((a, b) => a - b) };
}
