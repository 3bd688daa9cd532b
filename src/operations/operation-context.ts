import type { Log } from '../log.ts';

/** How the world outside takes part in an operation. */
export interface OperationContext {
  /** Gives the operation up between two steps, with the signal's reason; what it was about to change is as it was. */
  readonly signal?: AbortSignal | undefined;
  /** Told of what a person may want to know. */
  readonly log?: Log | undefined;
}
