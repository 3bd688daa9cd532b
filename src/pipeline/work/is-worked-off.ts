import type { StageStore } from '../../checkpoint/stage-store.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { OpenedRun } from '../open/open-run.ts';
import { pairsToRedo } from './redo-pairs.ts';

/** Whether both stages have done everything that is asked for: then no worker need be started. */
export async function isWorkedOff({ config, plan, midi, text, changed }: OpenedRun): Promise<boolean> {
  const isDone = async (name: StageName, store: StageStore): Promise<boolean> =>
    store.isDone(plan.total) &&
    store.saved.status === 'completed' &&
    (config.mode !== 'retry' || store.saved.failed_count === 0) &&
    (await store.requests()).retry === undefined &&
    (await pairsToRedo(store, await changed(name))).indexes.length === 0;
  return (await isDone('midi', midi)) && (await isDone('text', text));
}
