import type { StageStore } from '../../checkpoint/stage-store.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { OpenedRun } from '../open/open-run.ts';
import { pairsToRedo } from './redo-pairs.ts';

/**
 * Whether both stages have done everything that is asked for: then no worker need be started. Files are looked at only where nothing
 * else is to be done: while a stage works, that goes on beside it.
 */
export async function isWorkedOff({ config, plan, midi, text, changed }: OpenedRun): Promise<boolean> {
  const isDone = async (store: StageStore): Promise<boolean> =>
    store.isDone(plan.end) &&
    store.saved.status === 'completed' &&
    (config.mode !== 'retry' || store.saved.failed_count === 0) &&
    (await store.requests()).retry === undefined;
  const hasNothingToRedo = async (name: StageName, store: StageStore): Promise<boolean> =>
    (await pairsToRedo(store, await changed(name))).indexes.length === 0;
  return (
    (await isDone(midi)) &&
    (await isDone(text)) &&
    (await hasNothingToRedo('midi', midi)) &&
    hasNothingToRedo('text', text)
  );
}
