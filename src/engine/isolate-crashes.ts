import { MidiloomError, messageOf } from '../errors.ts';
import { type BatchResult, pairFailure } from '../worker/batch-result.ts';

export interface Job {
  readonly index: number;
}

/** A run of this many pairs that each kill their worker means that the workers are broken, not the pairs. */
const CONSECUTIVE_CRASHES_ALLOWED = 32;

/**
 * Makes a batch runner survive the death of its worker. A batch that died is split and its pairs are tried alone, twice,
 * before one of them is blamed: the crash may belong to another pair, or to an earlier task of the same worker.
 *
 * @param codeOf - the failure code of a pair that ends every worker it is given to, from what was thrown.
 */
export function isolateCrashes<J extends Job>(
  run: (jobs: readonly J[]) => Promise<BatchResult>,
  codeOf: (crash: unknown) => string,
): (jobs: readonly J[]) => Promise<BatchResult> {
  let consecutiveCrashes = 0;

  async function runAlone(job: J): Promise<BatchResult> {
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await run([job]);
        consecutiveCrashes = 0;
        return result;
      } catch (crash) {
        if (crash instanceof MidiloomError) throw crash;
        if (attempt === 1) continue;
        if (++consecutiveCrashes >= CONSECUTIVE_CRASHES_ALLOWED) throw workersBroken(crash);
        return {
          frames: new Uint8Array(0),
          count: 0,
          failures: [pairFailure(job.index, codeOf(crash), messageOf(crash))],
          stamps: new Uint8Array(0),
        };
      }
    }
  }

  return async (jobs) => {
    try {
      return await run(jobs);
    } catch (crash) {
      if (crash instanceof MidiloomError) throw crash;
    }
    const results: BatchResult[] = [];
    for (const job of jobs) results.push(await runAlone(job));
    return concatenate(results);
  };
}

function concatenate(results: readonly BatchResult[]): BatchResult {
  return {
    frames: Buffer.concat(results.map((result) => result.frames)),
    count: results.reduce((sum, result) => sum + result.count, 0),
    failures: results.flatMap((result) => result.failures),
    stamps: Buffer.concat(results.map((result) => result.stamps)),
  };
}

function workersBroken(crash: unknown): MidiloomError {
  return new MidiloomError(
    'workers_broken',
    `${CONSECUTIVE_CRASHES_ALLOWED} pairs in a row ended their worker: ${messageOf(crash)}`,
    { cause: crash },
  );
}
