import { reopenStage } from '../checkpoint/reopen-stage.ts';
import type { StageStore } from '../checkpoint/stage-store.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { STAGES } from '../run-directory/run-files.ts';
import { sessionIdAt } from '../run-directory/session-log.ts';
import type { OperationContext } from './operation-context.ts';
import { expectRun, withRunLock } from './with-run-lock.ts';

/**
 * Changes something in the stages of a run that have begun, under its lock.
 *
 * @throws ConfigError `no_checkpoint`.
 */
export async function withOpenStages(
  run: RunPlace,
  context: OperationContext,
  change: (stores: readonly StageStore[]) => Promise<void>,
): Promise<void> {
  const files = await filesOf(run);
  await expectRun(files);
  await withRunLock(files.directory, context, async (log) => {
    const stores: StageStore[] = [];
    for (const name of STAGES) {
      const store = await reopenStage(files.checkpoints[name], sessionIdAt(new Date()), log);
      if (store !== undefined) stores.push(store);
    }
    await change(stores);
  });
}
