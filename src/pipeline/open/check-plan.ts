import { CheckpointError } from '../../errors.ts';
import { firstDifference } from '../../manifest/first-difference.ts';
import type { Plan, RecordHashes } from '../../manifest/plan.ts';

/** What a stage says of the manifest that it was made from; as it is open, or as it is read. */
interface PlannedStage {
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly planHash: string;
  manifest(): AsyncGenerator<RecordHashes>;
}

/**
 * Refuses a checkpoint that was made from another manifest than the one given now. Pairs that were appended since are
 * no difference.
 *
 * @throws CheckpointError `plan_mismatch`, naming the first index that differs.
 */
export async function checkPlan(plan: Plan, store: PlannedStage, checkpointFile: string): Promise<void> {
  const done = store.lastIndex + 1;
  if (
    done === store.firstIndex ||
    plan.hashAt(done) === store.planHash ||
    (await plan.byteHashAt(done)) === store.planHash
  )
    return;
  const index = await firstDifference(plan, store.manifest());
  const where = index === undefined ? 'its header differs' : differenceAt(index, plan.end);
  throw new CheckpointError(
    'plan_mismatch',
    `${plan.inputFile} is not the manifest that ${checkpointFile} was made from: ${where}. Continuing would pair results ` +
      'with the wrong captions. `--mode update` takes the new manifest over and makes only what is new in it. Or put the old one back ' +
      '(pairs may be appended), or use another --output_dir.',
  );
}

function differenceAt(index: number, end: number): string {
  return index >= end
    ? `it has ${end} pairs, and pair ${index} is done already`
    : `the first pair that differs has index ${index}`;
}
