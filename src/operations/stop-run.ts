import { isInSight, ownIdentity } from '../checkpoint/process-identity.ts';
import { findRunHolder } from '../checkpoint/run-lock.ts';
import { codeOf, LockError } from '../errors.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import type { OperationContext } from './operation-context.ts';

export interface StoppedRun {
  readonly pid: number;
  readonly host: string;
  readonly signal: 'SIGTERM';
}

/**
 * Asks a run of this machine to finish what is in flight, save and stop: as `kill` does, but only if the process that holds the
 * run directory is surely the one that took it, by its start time and the start of the machine.
 *
 * @throws LockError `not_running`, `run_elsewhere`, `run_of_another_user`.
 */
export async function stopRun(run: RunPlace, { signal }: OperationContext = {}): Promise<StoppedRun> {
  const { pid, host } = await findStoppable(run);
  signal?.throwIfAborted();
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if (codeOf(error) === 'ESRCH') throw notRunning();
    throw new LockError('run_of_another_user', `process ${pid} belongs to somebody else, who may stop it`);
  }
  return { pid, host, signal: 'SIGTERM' };
}

/** Who would be asked to stop. @throws LockError as `stopRun`. */
export async function findStoppable(run: RunPlace): Promise<{ readonly pid: number; readonly host: string }> {
  const { directory } = await filesOf(run);
  const holder = await findRunHolder(directory);
  if (holder === undefined) throw notRunning();
  const { pid, host } = holder;
  if (pid !== process.pid && (await isInSight(holder, await ownIdentity()))) return { pid, host };
  throw new LockError(
    'run_elsewhere',
    `process ${pid} on ${host} works on ${directory} and cannot be seen from here for certain; stop it there`,
  );
}

function notRunning(): LockError {
  return new LockError('not_running', 'no run is going here');
}
