import { acquireRunLock } from '../checkpoint/run-lock.ts';
import { ConfigError } from '../errors.ts';
import { type Log, silent } from '../log.ts';
import type { RunFiles } from '../run-directory/run-files.ts';
import type { OperationContext } from './operation-context.ts';
import { runOverview } from './run-overview.ts';

/**
 * Does something to a run directory that no run may be doing at the same time.
 *
 * @throws LockError `run_locked` where a run is going.
 */
export async function withRunLock<Result>(
  directory: string,
  { log = silent, signal }: OperationContext,
  work: (log: Log) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const lock = await acquireRunLock(directory, log);
  try {
    return await work(log);
  } finally {
    await lock.release();
  }
}

/** Whether a stage has a checkpoint, be it good or not. */
export async function hasBegun(files: RunFiles): Promise<boolean> {
  const { stages } = await runOverview(files, new Date());
  return [stages.midi, stages.text].some(({ status }) => status !== 'not_started');
}

/** @throws ConfigError `no_checkpoint` where neither stage has begun: most likely the folder is the wrong one. */
export async function expectRun(files: RunFiles): Promise<void> {
  if (await hasBegun(files)) return;
  throw new ConfigError('no_checkpoint', `${files.directory} has no checkpoint; name the run by --output_dir`);
}
