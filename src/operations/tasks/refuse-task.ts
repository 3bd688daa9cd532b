import { ConfigError } from '../../errors.ts';
import { readRunDescription } from '../../run-directory/run-description.ts';
import { runOfTask } from '../../run-directory/task-directory.ts';

/**
 * Refuses one task of a run for what only the whole has: copies, splits and figures are of all tasks.
 *
 * @throws ConfigError `one_task`.
 */
export async function refuseTask(directory: string, what: string): Promise<void> {
  // What cannot be read is said by whoever needs it.
  const description = await readRunDescription(directory).catch(() => undefined);
  if (description?.task === undefined) return;
  const whole = runOfTask(directory)?.directory ?? 'the directory of the whole run';
  throw new ConfigError('one_task', `${directory} is one task of a run and has no ${what} of its own; name ${whole}.`);
}
