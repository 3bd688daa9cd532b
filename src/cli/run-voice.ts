import type { Log } from '../log.ts';
import type { RunEvent } from '../pipeline/run-events.ts';

/** Tells somebody what a run does: a person at a terminal, a log, a program. */
export interface RunVoice {
  readonly log: Log;
  readonly event: (event: RunEvent) => void;
  /** What ended the run. */
  readonly error: (error: unknown) => void;
  /** Leaves the terminal to somebody else: a question, or the result. */
  readonly pause: () => void;
  readonly end: () => void;
}

/** Tells all of them. */
export function inChorus(voices: readonly RunVoice[]): RunVoice {
  const all =
    <Told extends readonly unknown[]>(tell: (voice: RunVoice) => (...told: Told) => void) =>
    (...told: Told): void => {
      for (const voice of voices) tell(voice)(...told);
    };
  return {
    log: all(({ log }) => log),
    event: all(({ event }) => event),
    error: all(({ error }) => error),
    pause: all(({ pause }) => pause),
    end: all(({ end }) => end),
  };
}
