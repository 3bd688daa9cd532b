/**
 * Errors that end a run. A bad pair is never one of these: it is a failure record (`PairFailure`).
 * Match on `code`; the class says what a caller can do about it.
 */
export class MidiloomError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A wrong option, configuration file or manifest: the user must change the input. */
export class ConfigError extends MidiloomError {}

/** Another run holds the run directory. */
export class LockError extends MidiloomError {}

/** A checkpoint that is there but must not be continued: damaged beyond recovery, or made from other input. */
export class CheckpointError extends MidiloomError {}

/** The file system refused (full, read-only, I/O error); the last checkpoint is intact. */
export class StorageError extends MidiloomError {}

/** Something the run needs is not there: a model, a server. */
export class MissingError extends MidiloomError {}

/** Why one pair has no result in one stage. Plain data, so that it survives threads and processes. */
export interface PairFailure {
  readonly index: number;
  /** Stable, snake_case: `missing_midi`, `midi_not_smf`, `missing_text`, … */
  readonly code: string;
  readonly error: string;
  /** ISO 8601; only in checkpoints, never in the data set. */
  readonly timestamp: string;
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a system or midiloom error, `undefined` for anything else. */
export function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return undefined;
}
