import { setTimeout as pause } from 'node:timers/promises';
import { isConflict, mayPass, statusOf } from './s3-error.ts';

/** How patiently a request is repeated. */
export interface Patience {
  readonly attempts: number;
  /** The first pause is at most so long, and each one twice the one before. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** An attempt is given up after so long, and a second for each `bytesPerSecond` that it moves. */
  readonly attemptMs: number;
  readonly bytesPerSecond: number;
}

/** About half a minute in all where the server answers at once. */
export const DEFAULT_PATIENCE: Patience = {
  attempts: 7,
  firstPauseMs: 250,
  longestPauseMs: 12_000,
  attemptMs: 20_000,
  bytesPerSecond: 64 * 1024,
};

/**
 * Repeats what may succeed a moment later, after pauses that grow and are drawn by lot, so that many clients do not come back all at
 * once. `attempt` is told how many attempts were made before, of which any may have had its effect.
 */
export async function retrying<T>(
  patience: Patience,
  sizeBytes: number,
  attempt: (signal: AbortSignal, before: number) => Promise<T>,
): Promise<T> {
  const limitMs = Math.ceil(patience.attemptMs + (1000 * sizeBytes) / patience.bytesPerSecond);
  for (let before = 0; ; before++) {
    try {
      return await attempt(AbortSignal.timeout(limitMs), before);
    } catch (error) {
      // Two writers at the same moment: the answer of 409 says nothing of who came first, unlike 412.
      const isUndecided = isConflict(error) && statusOf(error) === 409;
      if (before + 1 >= patience.attempts || !(mayPass(error) || isUndecided)) throw error;
    }
    const longest = Math.min(patience.longestPauseMs, patience.firstPauseMs * 2 ** before);
    await pause(longest * (0.5 + Math.random() / 2));
  }
}
