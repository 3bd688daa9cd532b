import { readFileSync } from 'node:fs';
import type { Job } from '../engine/isolate-crashes.ts';
import { CheckpointError, messageOf } from '../errors.ts';
import { type BatchResult, pairFailure } from '../worker/batch-result.ts';

/** Failure code of a pair that another program is said to have processed; its results are not here. */
export const PROCESSED_ELSEWHERE = 'processed_elsewhere';

/**
 * Makes a batch runner pass over the pairs that a legacy checkpoint counts as done: each gets a record that says so.
 *
 * @param legacyCheckpoint - a JSON file, of which only `last_processed_idx` is read; `undefined` for none.
 */
export function processedElsewhere<J extends Job>(
  legacyCheckpoint: string | undefined,
  run: (jobs: readonly J[]) => Promise<BatchResult>,
): (jobs: readonly J[]) => Promise<BatchResult> {
  if (legacyCheckpoint === undefined) return run;
  const last = lastProcessedIndex(legacyCheckpoint);
  const message = `pairs up to ${last} were processed elsewhere, as --processing_checkpoint says`;
  return async (jobs) => {
    const failures = jobs
      .filter(({ index }) => index <= last)
      .map(({ index }) => pairFailure(index, PROCESSED_ELSEWHERE, message));
    const here = jobs.filter(({ index }) => index > last);
    const result = here.length === 0 ? { frames: new Uint8Array(), count: 0, failures: [] } : await run(here);
    return { ...result, failures: [...failures, ...result.failures] };
  };
}

function lastProcessedIndex(file: string): number {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CheckpointError(
      'checkpoint_unreadable',
      `Cannot read --processing_checkpoint ${file}: ${messageOf(error)}`,
    );
  }
  const last =
    typeof content === 'object' && content !== null && 'last_processed_idx' in content
      ? content.last_processed_idx
      : undefined;
  if (typeof last === 'number' && Number.isInteger(last) && last >= -1) return last;
  throw new CheckpointError('checkpoint_unreadable', `${file} has no integer last_processed_idx.`);
}
