/** Takes part in races for a run's lock, as a process of its own: one attempt for each directory it is sent. */
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { codeOf, messageOf } from '../../src/errors.ts';
import { silent } from '../../src/log.ts';

process.on('message', async (directory: string) => {
  try {
    await acquireRunLock(directory, silent);
    process.send?.('won');
  } catch (error) {
    process.send?.(codeOf(error) ?? messageOf(error));
  }
});
process.send?.('ready');
