import type { Job } from '../../engine/isolate-crashes.ts';
import type { Log } from '../../log.ts';
import type { Exemption } from '../../run-directory/exemptions.ts';
import { type BatchResult, pairFailure } from '../../worker/batch-result.ts';

const NOTHING: BatchResult = { frames: new Uint8Array(), count: 0, failures: [], stamps: new Uint8Array() };

/** Makes a batch runner pass over the pairs that are exempt: each gets a record that says why. */
export function passOver<J extends Job>(
  run: (jobs: readonly J[]) => Promise<BatchResult>,
  exemption: Exemption,
  log: Log,
): (jobs: readonly J[]) => Promise<BatchResult> {
  return async (jobs) => {
    const failures = jobs.flatMap(({ index }) => {
      const reason = exemption(index);
      return reason === undefined ? [] : [pairFailure(index, reason.code, reason.error)];
    });
    if (failures.length === 0) return run(jobs);
    log('debug', 'pairs passed over', () => ({ pairs: failures.map(({ index, code }) => ({ index, code })) }));
    const exempt = new Set(failures.map(({ index }) => index));
    const here = jobs.filter(({ index }) => !exempt.has(index));
    const result = here.length === 0 ? NOTHING : await run(here);
    return { ...result, failures: [...failures, ...result.failures] };
  };
}
