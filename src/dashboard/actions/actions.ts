import type { PrepareAction } from './action.ts';
import { CHECKPOINT_ACTIONS } from './checkpoint-actions.ts';
import { DATASET_ACTIONS } from './dataset-actions.ts';
import { LOOK_ACTIONS } from './look-actions.ts';
import { PAIR_ACTIONS } from './pair-actions.ts';

/** Everything that may be asked for with `--manage`, by its name in an address. */
export const ACTIONS: ReadonlyMap<string, PrepareAction> = new Map(
  Object.entries({ ...LOOK_ACTIONS, ...PAIR_ACTIONS, ...CHECKPOINT_ACTIONS, ...DATASET_ACTIONS }),
);
