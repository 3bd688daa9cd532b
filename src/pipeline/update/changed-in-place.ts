import type { StageStore } from '../../checkpoint/stage-store.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { BegunUpdate } from './begin-update.ts';

type Changed = (stage: StageName) => Promise<readonly number[]>;

/**
 * The pairs of a stage that are made once more after its main pass: where the stage stays in its place, all whose outcome the update does
 * not keep; where it is made anew, those whose files changed since an earlier session of the update.
 */
export function changedInPlace(
  { plan, inPlace }: BegunUpdate,
  stores: Readonly<Record<StageName, StageStore>>,
  changedFiles: Changed,
): Changed {
  const before = { midi: stores.midi.lastIndex, text: stores.text.lastIndex };
  return async (stage) =>
    inPlace.has(stage) ? [...plan.decisions[stage].made(before[stage] + 1)] : changedFiles(stage);
}
