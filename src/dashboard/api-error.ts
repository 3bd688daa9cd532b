import { CheckpointError, ConfigError, codeOf, LockError, MissingError, messageOf } from '../errors.ts';

/** Why a request is not answered as it asks. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** An error as a page gets it. */
export function errorBody(error: unknown): {
  readonly status: number;
  readonly code: string;
  readonly message: string;
} {
  const status =
    error instanceof RequestError
      ? error.status
      : error instanceof ConfigError
        ? 400
        : error instanceof LockError || error instanceof CheckpointError || error instanceof MissingError
          ? 409
          : 500;
  return { status, code: codeOf(error) ?? 'unexpected', message: messageOf(error) };
}
