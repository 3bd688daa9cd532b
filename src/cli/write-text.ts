import { codeOf, messageOf, StorageError } from '../errors.ts';

/** The reader went away (head, a closed pager): what is left of the output is not wanted, and nothing is wrong. */
export class OutputClosed extends Error {}

/**
 * Writes text to standard output and waits until it is out, so that a long output does not gather in memory.
 *
 * @throws OutputClosed, and StorageError `output_unwritable` for output that goes to a disk which is full.
 */
export function writeText(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve();
      else reject(outputError(error));
    });
  });
}

function outputError(error: Error): Error {
  const closed = ['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED'];
  if (closed.includes(codeOf(error) ?? '')) return new OutputClosed(error.message);
  return new StorageError(
    'output_unwritable',
    `The result cannot be written to standard output: ${messageOf(error)}. Make room, or send it elsewhere, and ask again.`,
  );
}
