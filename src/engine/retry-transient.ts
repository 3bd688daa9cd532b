import { setTimeout as sleep } from 'node:timers/promises';
import { FrameWriter, readFrames } from '../checkpoint/record-frame.ts';
import type { BatchResult } from '../worker/batch-result.ts';
import type { Job } from './isolate-crashes.ts';

/** Failures that may go away by themselves: a network drive that stalls, a process short of descriptors. */
const TRANSIENT: ReadonlySet<string> = new Set(['midi_file_unreadable', 'text_file_unreadable']);

export interface RetryOptions {
  /** How often a pair is tried again; 0 for never. */
  readonly maxRetries: number;
  /** Before the first retry; each further pause is twice as long. */
  readonly firstPauseMs: number;
  readonly signal: AbortSignal;
}

/** Makes a batch runner try the pairs whose failure may be transient again, after growing pauses. */
export function retryTransient<J extends Job>(
  run: (jobs: readonly J[]) => Promise<BatchResult>,
  { maxRetries, firstPauseMs, signal }: RetryOptions,
): (jobs: readonly J[]) => Promise<BatchResult> {
  return async (jobs) => {
    let result = await run(jobs);
    for (let attempt = 0; attempt < maxRetries && !signal.aborted; attempt++) {
      const failed = new Set(result.failures.filter(({ code }) => TRANSIENT.has(code)).map(({ index }) => index));
      if (failed.size === 0) break;
      await sleep(firstPauseMs * 2 ** attempt, undefined, { signal }).catch(() => {
        // Asked to stop: the failure stands, and `--mode retry` tries it again.
      });
      if (signal.aborted) break;
      result = replaced(result, failed, await run(jobs.filter(({ index }) => failed.has(index))));
    }
    return result;
  };
}

/** The result with the outcomes of some pairs replaced, in index order again. */
function replaced(result: BatchResult, indexes: ReadonlySet<number>, again: BatchResult): BatchResult {
  const records = [...readFrames(result.frames), ...readFrames(again.frames)].sort((a, b) => a.index - b.index);
  const writer = new FrameWriter();
  for (const { index, bytes } of records) writer.add(index, bytes);
  return {
    frames: writer.take(),
    count: records.length,
    failures: [...result.failures.filter(({ index }) => !indexes.has(index)), ...again.failures],
    // Of two for a pair the later counts.
    stamps: Buffer.concat([result.stamps, again.stamps]),
  };
}
