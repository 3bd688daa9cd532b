import { contextOf } from '../checkpoint/describe-checkpoint.ts';
import type { StageStore } from '../checkpoint/stage-store.ts';
import { ConfigError } from '../errors.ts';
import { SKIPPED, SKIPPED_ERROR } from '../run-directory/exemptions.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { STAGES } from '../run-directory/run-files.ts';
import { pairFailure } from '../worker/batch-result.ts';
import type { OperationContext } from './operation-context.ts';
import { pairsByRun } from './tasks/own-runs.ts';
import { withOpenStages } from './with-open-stages.ts';

/**
 * Marks pairs that are never to be tried: failures get the code `skipped` at once, by a retry of their own; pairs that no
 * stage has come to yet get it when their turn comes.
 *
 * @throws ConfigError `no_checkpoint`, `pair_unknown`, `pair_completed`; nothing is changed then.
 */
export async function skipPairs(
  run: RunPlace,
  indexes: readonly number[],
  context: OperationContext = {},
): Promise<void> {
  const { directory, tasks } = await filesOf(run);
  if (tasks !== undefined) {
    for (const { files, indexes: own } of pairsByRun(directory, tasks, indexes)) await skipPairs(files, own, context);
    return;
  }
  await withOpenStages(run, context, async (stores) => {
    for (const index of indexes) refuseUseless(index, stores);
    for (const store of stores) await skipInStage(store, indexes);
  });
}

function refuseUseless(index: number, stores: readonly StageStore[]): void {
  const total = Math.max(...stores.map(({ saved }) => saved.total_files));
  const first = stores[0]?.firstIndex ?? 0;
  if (index < first || index >= first + total) {
    const there =
      first === 0 ? `the manifest had ${total} pairs` : `this task has those from ${first} to ${first + total - 1}`;
    throw new ConfigError('pair_unknown', `There is no pair ${index}: ${there}.`);
  }
  if (stores.length < STAGES.length || !stores.every((store) => isCompleted(store, index))) return;
  throw new ConfigError('pair_completed', `Pair ${index} has a result in both stages; there is nothing to skip.`);
}

function isCompleted(store: StageStore, index: number): boolean {
  return index <= store.lastIndex && !store.isFailed(index) && !store.isMissing(index);
}

async function skipInStage(store: StageStore, indexes: readonly number[]): Promise<void> {
  const { retry, skip } = await store.requests();
  const added = [...new Set(indexes)].filter((index) => !isCompleted(store, index));
  const all = [...new Set([...skip, ...added])].sort((a, b) => a - b);
  const failed = added.filter((index) => store.isFailed(index)).sort((a, b) => a - b);
  const pass = store.nextPass;
  // A retry that was asked for comes after the pass that marks the failures, whether it had begun or not.
  await store.saveRequests({ retry: retry && failed.length > 0 ? { ...retry, pass: pass + 1 } : retry, skip: all });
  const [first, last] = [failed[0], failed.at(-1)];
  if (first === undefined || last === undefined) return;
  const { saved } = store;
  const failures = failed.map((index) => pairFailure(index, SKIPPED, SKIPPED_ERROR));
  const pairHashes = new Uint32Array();
  await store.commit(
    { pass, first, last, frames: [], failures, planHash: '', pairHashes, keys: new Uint8Array(), stamps: [] },
    contextOf(saved),
  );
  if (saved.status !== 'in_progress') await store.saveStatus(saved.status, contextOf(saved));
}
