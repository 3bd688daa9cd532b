import { readStage } from '../checkpoint/read-stage.ts';
import { reopenStage } from '../checkpoint/reopen-stage.ts';
import type { RetryRequest } from '../checkpoint/stage-requests.ts';
import { ConfigError } from '../errors.ts';
import { SKIPPED } from '../run-directory/exemptions.ts';
import { isRetried } from '../run-directory/is-retried.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { STAGES, type StageName } from '../run-directory/run-files.ts';
import { sessionIdAt } from '../run-directory/session-log.ts';
import type { OperationContext } from './operation-context.ts';
import { expectRun, withRunLock } from './with-run-lock.ts';

/** Failures with one of these codes, and these pairs; every failure where nothing is named. */
export interface RetrySelection {
  readonly codes?: readonly string[] | undefined;
  readonly indexes?: readonly number[] | undefined;
}

/** Failed pairs that will be tried again, by stage. */
export type RetryCounts = Readonly<Record<StageName, number>>;

/**
 * Notes which failed pairs the next `process --mode continue` or `retry` tries again: they are pending from now on. Takes the
 * place of what was asked for before.
 *
 * @throws ConfigError `no_checkpoint`, `pair_not_failed` where a pair that is named has not failed, or is skipped, `code_not_found` where nothing has
 * failed with a code that is named; nothing is noted then.
 */
export async function requestRetry(
  run: RunPlace,
  { codes = [], indexes = [] }: RetrySelection = {},
  context: OperationContext = {},
): Promise<RetryCounts> {
  const files = await filesOf(run);
  await expectRun(files);
  return withRunLock(files.directory, context, async (log) => {
    const counts: Record<StageName, number> = { midi: 0, text: 0 };
    const unmatched = new Set(indexes);
    const found = new Map<string, number>();
    for (const name of STAGES) {
      const stage = await readStage(files.checkpoints[name]);
      const request: RetryRequest = { pass: 1, codes, indexes };
      for await (const failure of stage?.reader.failures() ?? []) {
        context.signal?.throwIfAborted();
        found.set(failure.code, (found.get(failure.code) ?? 0) + 1);
        if (!isRetried(request, failure)) continue;
        counts[name]++;
        unmatched.delete(failure.index);
      }
    }
    const unknown = codes.filter((code) => code === SKIPPED || !found.has(code));
    if (unknown.length > 0) throw noSuchCode(unknown, found);
    if (unmatched.size > 0) throw notFailed([...unmatched]);
    for (const name of STAGES) {
      if (counts[name] === 0) continue;
      const store = await reopenStage(files.checkpoints[name], sessionIdAt(new Date()), log);
      const requests = await store?.requests();
      if (store === undefined || requests === undefined) continue;
      await store.saveRequests({ ...requests, retry: { pass: store.nextPass, codes, indexes } });
    }
    return counts;
  });
}

function noSuchCode(unknown: readonly string[], codes: ReadonlyMap<string, number>): ConfigError {
  if (unknown.includes(SKIPPED)) {
    return new ConfigError(
      'code_not_found',
      '`midiloom checkpoint unskip RUN_DIR INDEX` takes back that pairs are skipped.',
    );
  }
  const there = [...codes].sort().map(([code, failures]) => `${code} (${failures})`);
  return new ConfigError(
    'code_not_found',
    `No pair has failed with ${unknown.join(', ')}; ${there.length === 0 ? 'none has failed' : `there are: ${there.join(', ')}`}.`,
  );
}

function notFailed(indexes: readonly number[]): ConfigError {
  return new ConfigError(
    'pair_not_failed',
    `There is no failure to try again of pair ${indexes.join(', ')}; \`midiloom status --pairs failed\` lists them.`,
  );
}
