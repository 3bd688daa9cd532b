import { basename } from 'node:path';
import { EXIT } from './exit-code.ts';

/**
 * What may ask a run to stop. Batch schedulers send SIGTERM or SIGUSR1 some time before they kill; a terminal that is closed
 * and a connection that is lost send SIGHUP.
 */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGHUP'] as const;
export type StopReason = (typeof SIGNALS)[number] | 'max_runtime';

export interface StopLimits {
  /** Seconds that a run may take to finish what is in flight and save, unless SIGINT asked. */
  readonly graceS: number;
  /** Seconds of wall-clock time within which the run is to be over; `undefined` for no limit. */
  readonly maxRuntimeS: number | undefined;
}

export interface Interruption {
  readonly signal: AbortSignal;
  /** What asked to stop, if anything did. */
  received(): StopReason | undefined;
  /** Takes the signal handlers and timers away again. */
  end(): void;
}

/** The exit status of a run that was asked to stop: a scheduler that sees 3 puts it into its queue again. */
export function stopExitCode(reason: StopReason): number {
  return reason === 'SIGUSR1' || reason === 'max_runtime' ? EXIT.incomplete : EXIT.interrupted[reason];
}

/**
 * The first request asks the run to finish what is in flight, save and stop; a second one, or the end of the grace, stops it
 * at once, which loses nothing but the work since the last checkpoint.
 */
export function listenForInterruption(limits: StopLimits, notice: (message: string) => void): Interruption {
  const controller = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  let received: StopReason | undefined;
  const after = (seconds: number, act: () => void): void => {
    timers.push(setTimeout(act, seconds * 1000).unref());
  };
  const stop = (reason: StopReason, graceS: number | undefined): void => {
    if (received !== undefined) {
      // The kernel, the shell and the connection may each send one when a terminal goes; nobody is there to be impatient.
      if (reason === 'SIGHUP') return;
      process.exit(stopExitCode(reason));
    }
    received = reason;
    notice(`${reason === 'max_runtime' ? 'The time is nearly over' : `${reason} received`}: ${whatNow(graceS)}`);
    if (graceS !== undefined) after(graceS, () => process.exit(stopExitCode(reason)));
    controller.abort(new Error(reason));
  };
  const onSignal = (name: (typeof SIGNALS)[number]): void => {
    if (name !== 'SIGHUP' || !isUnderNohup()) stop(name, name === 'SIGINT' ? undefined : limits.graceS);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  if (limits.maxRuntimeS !== undefined) {
    const graceS = Math.min(limits.graceS, limits.maxRuntimeS / 2);
    after(limits.maxRuntimeS - graceS, () => {
      if (received === undefined) stop('max_runtime', graceS);
    });
  }
  return {
    signal: controller.signal,
    received: () => received,
    end: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Node takes back what `nohup` set before it begins; the shell's name of the command is what is left of it. */
function isUnderNohup(): boolean {
  return basename(process.env._ ?? '') === 'nohup';
}

function whatNow(graceS: number | undefined): string {
  const limit = graceS === undefined ? '' : `, within ${graceS} s`;
  return `finishing the batches in flight and saving${limit}; once more to stop at once.`;
}
