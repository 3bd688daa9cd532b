import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigError, messageOf, StorageError } from '../errors.ts';

/** A file that the user named, or standard input for `-`. */
export function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
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
