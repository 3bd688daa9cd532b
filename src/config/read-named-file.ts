import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** O_NONBLOCK: a pipe that nobody writes must not hang the program. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** A file that the user named, as a whole. Throws for what is no regular file, and for one that has more than `maxBytes`. */
export function readNamedFile(file: string, maxBytes: number): Buffer {
  const descriptor = openSync(file, FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Error('it is a folder, a pipe or a device, not a regular file');
    if (stats.size > maxBytes) throw new Error(`it has ${stats.size} bytes; at most ${maxBytes} are read`);
    return readUpTo(descriptor, maxBytes);
  } finally {
    closeSync(descriptor);
  }
}

/** What comes from an open file, such as standard input, until it ends. Throws where that is more than `maxBytes`. */
export function readUpTo(descriptor: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; ; ) {
    const chunk = Buffer.allocUnsafe(65_536);
    const length = readSync(descriptor, chunk, 0, chunk.length, null);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
    total += length;
    if (total > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
  }
}
