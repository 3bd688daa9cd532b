import { ConfigError } from '../errors.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import type { OperationContext } from './operation-context.ts';
import { pairsByRun } from './tasks/own-runs.ts';
import { withOpenStages } from './with-open-stages.ts';

/**
 * Takes back that pairs are never to be tried: they are pending, and the next run makes them.
 *
 * @throws ConfigError `no_checkpoint`, `pair_not_skipped`; nothing is changed then.
 */
export async function unskipPairs(
  run: RunPlace,
  indexes: readonly number[],
  context: OperationContext = {},
): Promise<void> {
  const { directory, tasks } = await filesOf(run);
  if (tasks !== undefined) {
    for (const { files, indexes: own } of pairsByRun(directory, tasks, indexes)) await unskipPairs(files, own, context);
    return;
  }
  await withOpenStages(run, context, async (stores) => {
    const wanted = new Set(indexes);
    const stages = [];
    for (const store of stores) stages.push({ store, requests: await store.requests() });
    const skipped = new Set(stages.flatMap(({ requests }) => requests.skip));
    const others = [...wanted].filter((index) => !skipped.has(index));
    if (others.length > 0) throw notSkipped(others, [...skipped]);
    for (const { store, requests } of stages) {
      const skip = requests.skip.filter((index) => !wanted.has(index));
      if (skip.length < requests.skip.length) await store.saveRequests({ ...requests, skip });
    }
  });
}

function notSkipped(indexes: readonly number[], skipped: readonly number[]): ConfigError {
  const there =
    skipped.length === 0 ? 'no pair is' : `those that are: ${[...skipped].sort((a, b) => a - b).join(', ')}`;
  return new ConfigError('pair_not_skipped', `Pair ${indexes.join(', ')} is not skipped; ${there}.`);
}
