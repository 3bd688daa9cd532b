export interface Interruption {
  readonly signal: AbortSignal;
  /** The signal that asked to stop, if one did. */
  received(): 'SIGINT' | 'SIGTERM' | undefined;
  /** Takes the signal handlers away again. */
  end(): void;
}

/**
 * The first SIGINT or SIGTERM asks the run to finish what is in flight, save and stop; the second one stops at once,
 * which loses nothing but the work since the last checkpoint.
 */
export function listenForInterruption(notice: (message: string) => void): Interruption {
  const controller = new AbortController();
  let received: 'SIGINT' | 'SIGTERM' | undefined;
  const onSignal = (name: 'SIGINT' | 'SIGTERM'): void => {
    if (received !== undefined) {
      process.exit(name === 'SIGINT' ? 130 : 143);
    }
    received = name;
    notice(`${name} received: finishing the batches in flight and saving; once more to stop at once.`);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    received: () => received,
    end: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
