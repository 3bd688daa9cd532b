import { readStage } from '../checkpoint/read-stage.ts';
import { reopenStage } from '../checkpoint/reopen-stage.ts';
import type { RetryRequest } from '../checkpoint/stage-requests.ts';
import { ConfigError, type PairFailure } from '../errors.ts';
import type { Log } from '../log.ts';
import { SKIPPED } from '../run-directory/exemptions.ts';
import { isRetried } from '../run-directory/is-retried.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { type RunFiles, STAGES, type StageName } from '../run-directory/run-files.ts';
import { sessionIdAt } from '../run-directory/session-log.ts';
import type { Tasks } from '../run-directory/tasks-file.ts';
import type { OperationContext } from './operation-context.ts';
import { ownRuns } from './tasks/own-runs.ts';
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
  const selection = { codes, indexes };
  if (files.tasks !== undefined) return requestInTasks(files.directory, files.tasks, selection, context);
  return withRunLock(files.directory, context, async (log) => {
    const matched = await findRetried([files], selection, context);
    await noteRetry(files, matched, selection, log);
    return matched;
  });
}

/**
 * Which failed pairs a request would make pending, without asking for it.
 *
 * @throws ConfigError as `requestRetry`.
 */
export async function foreseeRetry(
  run: RunPlace,
  { codes = [], indexes = [] }: RetrySelection = {},
  context: OperationContext = {},
): Promise<RetryCounts> {
  const files = await filesOf(run);
  await expectRun(files);
  const all = files.tasks === undefined ? [files] : ownRuns(files.directory, files.tasks).map((own) => own.files);
  return findRetried(all, { codes, indexes }, context);
}

/** Nothing is noted in any task unless what is asked for is there, in one of them or another. */
async function requestInTasks(
  directory: string,
  tasks: Tasks,
  selection: Required<RetrySelection>,
  context: OperationContext,
): Promise<RetryCounts> {
  const runs = ownRuns(directory, tasks);
  const all = runs.map(({ files }) => files);
  const counts = await findRetried(all, selection, context);
  for (const { files, first, end } of runs) {
    const indexes = (selection.indexes ?? []).filter((index) => index >= first && index < end);
    if (indexes.length === 0 && (selection.indexes ?? []).length > 0) continue;
    const own = { codes: selection.codes, indexes };
    const matched = await countRetried(files, own, context);
    if (matched.midi + matched.text === 0) continue;
    await withRunLock(files.directory, context, (log) => noteRetry(files, matched, own, log));
  }
  return counts;
}

/** @throws ConfigError `pair_not_failed`, `code_not_found`. */
async function findRetried(
  runs: readonly RunFiles[],
  selection: Required<RetrySelection>,
  context: OperationContext,
): Promise<RetryCounts> {
  const { codes = [], indexes = [] } = selection;
  const counts = { midi: 0, text: 0 };
  const unmatched = new Set(indexes);
  const found = new Map<string, number>();
  for (const files of runs) {
    const own = await countRetried(files, selection, context, ({ code, index }, isMatch) => {
      found.set(code, (found.get(code) ?? 0) + 1);
      if (isMatch) unmatched.delete(index);
    });
    for (const name of STAGES) counts[name] += own[name];
  }
  const unknown = codes.filter((code) => code === SKIPPED || !found.has(code));
  if (unknown.length > 0) throw noSuchCode(unknown, found);
  if (unmatched.size > 0) throw notFailed([...unmatched]);
  return counts;
}

async function countRetried(
  { checkpoints }: RunFiles,
  { codes = [], indexes = [] }: RetrySelection,
  { signal }: OperationContext,
  onFailure: (failure: PairFailure, isMatch: boolean) => void = () => {},
): Promise<RetryCounts> {
  const counts: Record<StageName, number> = { midi: 0, text: 0 };
  const request: RetryRequest = { pass: 1, codes, indexes };
  for (const name of STAGES) {
    const stage = await readStage(checkpoints[name]);
    for await (const failure of stage?.reader.failures() ?? []) {
      signal?.throwIfAborted();
      const isMatch = isRetried(request, failure);
      if (isMatch) counts[name]++;
      onFailure(failure, isMatch);
    }
  }
  return counts;
}

async function noteRetry(
  { checkpoints }: RunFiles,
  counts: RetryCounts,
  { codes = [], indexes = [] }: RetrySelection,
  log: Log,
): Promise<void> {
  for (const name of STAGES) {
    if (counts[name] === 0) continue;
    const store = await reopenStage(checkpoints[name], sessionIdAt(new Date()), log);
    const requests = await store?.requests();
    if (store === undefined || requests === undefined) continue;
    await store.saveRequests({ ...requests, retry: { pass: store.nextPass, codes, indexes } });
  }
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
