import { writeFileSync } from 'node:fs';
import { readNamedFile, readUpTo } from '../config/read-named-file.ts';
import { ConfigError, messageOf, StorageError } from '../errors.ts';

/** Far more than any MIDI file or row has. */
const MAX_BYTES = 2 ** 28;

/** A file that the user named, or standard input for `-`. */
export function readInput(file: string): Uint8Array {
  try {
    return file === '-' ? readUpTo(process.stdin.fd, MAX_BYTES) : readNamedFile(file, MAX_BYTES);
  } catch (error) {
    throw new ConfigError('file_unreadable', `Cannot read ${file}: ${messageOf(error)}`);
  }
}

export function writeOutput(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new StorageError('storage_io', `Cannot write ${file}: ${messageOf(error)}`);
  }
}
