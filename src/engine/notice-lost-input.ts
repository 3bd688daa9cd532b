import { type PairFailure, StorageError } from '../errors.ts';
import type { BatchResult } from '../worker/batch-result.ts';
import type { Job } from './isolate-crashes.ts';

/** What a stage says of a file that it cannot get at. */
const UNREACHABLE = /^(midi|text)_file_(not_found|unreadable)$/;
/** Any one of them may have been deleted on purpose. */
const WITNESSES = 4;

export interface LostInputOptions<J extends Job> {
  /** Whether the job's file is read at all. */
  readonly readsFile: (job: J) => boolean;
  /** Jobs of earlier sessions that succeeded; asked once, where this session has none yet. */
  readonly earlier: () => Promise<readonly J[]>;
  /** Where the files are, for the message. */
  readonly root: string;
}

/**
 * Makes a batch runner tell a file that is not there from a drive that is gone. Where a batch ends with files that cannot
 * be got at, pairs that succeeded before are tried again: if none of them can be read any more, the batch fails as a whole
 * and its pairs are done when the drive is back.
 *
 * @throws StorageError `input_gone`.
 */
export function noticeLostInput<J extends Job>(
  run: (jobs: readonly J[]) => Promise<BatchResult>,
  { readsFile, earlier, root }: LostInputOptions<J>,
): (jobs: readonly J[]) => Promise<BatchResult> {
  let witnesses: readonly J[] = [];
  let asked: Promise<readonly J[]> | undefined;

  async function isGone(): Promise<boolean> {
    if (witnesses.length === 0) asked ??= earlier();
    const known = witnesses.length > 0 ? witnesses : ((await asked) ?? []);
    if (known.length === 0) return false;
    const { failures } = await run(known);
    return failures.length === known.length && failures.every(isUnreachable);
  }

  return async (jobs) => {
    const result = await run(jobs);
    const failures = new Map(result.failures.map((failure) => [failure.index, failure]));
    const reached = jobs.filter((job) => readsFile(job) && !isUnreachable(failures.get(job.index)));
    witnesses = [...witnesses, ...reached.slice(-1)].slice(-WITNESSES);
    const last = jobs.findLast(readsFile);
    if (last !== undefined && isUnreachable(failures.get(last.index))) {
      if (await isGone()) {
        const error = failures.get(last.index)?.error;
        throw new StorageError(
          'input_gone',
          `files under ${root} that could be read before are gone (${error}): is a drive or a share no longer there? ` +
            'What was finished is saved; start the run again when it is back.',
        );
      }
    }
    return result;
  };
}

function isUnreachable(failure: PairFailure | undefined): boolean {
  return failure !== undefined && UNREACHABLE.test(failure.code);
}
