import type { StageStore } from '../../checkpoint/stage-store.ts';
import { isRetried } from '../../run-directory/is-retried.ts';

/** What is left of a pass over some pairs. */
export interface PendingPass {
  readonly pass: number;
  /** Pairs to try, ascending. */
  readonly indexes: readonly number[];
}

/**
 * The retry that the user asked for, if any; in mode `retry` every failed pair unless something else was asked for. It is
 * written down first, so that one that is killed goes on where it was, and ends by `endRetry`.
 */
export async function beginRetry(store: StageStore, isRetryMode: boolean): Promise<PendingPass | undefined> {
  const requests = await store.requests();
  if (requests.retry === undefined && (!isRetryMode || store.saved.failed_count === 0)) return undefined;
  const request = requests.retry ?? { pass: store.nextPass, codes: [], indexes: [] };
  if (requests.retry === undefined) await store.saveRequests({ ...requests, retry: request });
  const done = store.lastIndexOfPass(request.pass);
  const indexes: number[] = [];
  for await (const failure of store.failures()) {
    if (failure.index > done && isRetried(request, failure)) indexes.push(failure.index);
  }
  return { pass: request.pass, indexes };
}

export async function endRetry(store: StageStore): Promise<void> {
  await store.saveRequests({ ...(await store.requests()), retry: undefined });
}

/** After segments were lost: where results of a retry may have been among them, their pairs are failures again. */
export async function retryLost(store: StageStore): Promise<void> {
  if (!store.lacksRetries || store.saved.failed_count === 0) return;
  const { skip } = await store.requests();
  await store.saveRequests({ skip, retry: { pass: store.nextPass, codes: [], indexes: [] } });
}
