import { CheckpointError, ConfigError, LockError, MissingError, StorageError } from '../errors.ts';

/** What the program's exit status says; a table of them is in the README. */
export const EXIT = {
  complete: 0,
  unexpected: 1,
  usage: 2,
  incomplete: 3,
  leaks: 3,
  contradictions: 3,
  locked: 4,
  checkpointRefused: 5,
  storage: 6,
  missing: 7,
  interrupted: { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 },
} as const;

/** The exit status that an error calls for. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return EXIT.usage;
  if (error instanceof LockError) return EXIT.locked;
  if (error instanceof CheckpointError) return EXIT.checkpointRefused;
  if (error instanceof StorageError) return EXIT.storage;
  if (error instanceof MissingError) return EXIT.missing;
  return EXIT.unexpected;
}
