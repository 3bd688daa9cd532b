import { createDirectory } from '../../checkpoint/durable-replace.ts';
import type { UsedPlace } from '../../checkpoint/open-stage-store.ts';
import { acquireRunLock } from '../../checkpoint/run-lock.ts';
import type { RunConfig } from '../../config/run-config.ts';
import type { RunDescription } from '../../run-directory/run-description.ts';
import type { RunContext } from '../run-events.ts';

/** Does something in the run directory that nobody else may do at the same time; it is given up when the lock is lost. */
export async function inRunDirectory<Result>(
  config: RunConfig,
  description: RunDescription,
  told: RunContext,
  work: (context: RunContext, secondPlace: UsedPlace | undefined) => Promise<Result>,
): Promise<Result> {
  const secondPlace =
    config.backupDir === undefined
      ? undefined
      : await (await import('./used-place.ts')).usedPlace(config, description, told, config.backupDir);
  await createDirectory(config.outputDir);
  const lock = await acquireRunLock(config.outputDir, told.log, {
    waitMs: config.lockTimeout * 1000,
    signal: told.signal,
  });
  try {
    return await work({ ...told, signal: AbortSignal.any([told.signal, lock.lost]), lost: lock.lost }, secondPlace);
  } finally {
    await secondPlace?.place.close();
    await lock.release();
  }
}
