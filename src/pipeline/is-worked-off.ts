import type { StageStore } from '../checkpoint/stage-store.ts';
import type { OpenedRun } from './open-stages.ts';

/** Whether both stages have done everything that is asked for: then no worker need be started. */
export async function isWorkedOff({ config, plan, midi, text }: OpenedRun): Promise<boolean> {
  const isDone = async (store: StageStore): Promise<boolean> =>
    store.lastIndex === plan.total - 1 &&
    store.saved.status === 'completed' &&
    (config.mode !== 'retry' || store.saved.failed_count === 0) &&
    (await store.requests()).retry === undefined;
  return (await isDone(midi)) && (await isDone(text));
}
