import type { FailedPair } from '../checkpoint/failed-pairs.ts';
import { asksToRetry, type RetryRequest } from '../checkpoint/stage-requests.ts';
import { NOT_RETRIED, SKIPPED } from './exemptions.ts';

/** Whether a request means this failure. What the user skipped stays skipped; other exemptions must be named. */
export function isRetried(request: RetryRequest, failure: FailedPair): boolean {
  if (failure.code === SKIPPED) return false;
  const isNamed = request.codes.includes(failure.code) || request.indexes.includes(failure.index);
  return asksToRetry(request, failure) && (isNamed || !NOT_RETRIED.has(failure.code));
}
