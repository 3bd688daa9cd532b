import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, codeOf, MidiloomError, messageOf, StorageError } from '../../errors.ts';
import { runSlurm } from './run-slurm.ts';

/** Of the jobs that a launch has submitted. */
const FILE = 'slurm.json';

export interface SubmittedJobs {
  readonly tasks: string | null;
  readonly merge: string | null;
}

/** @param folder - that of the scripts. @throws StorageError `storage_io`. */
export async function keepJobs(folder: string, jobs: SubmittedJobs): Promise<void> {
  const file = join(folder, FILE);
  try {
    await writeFile(file, `${JSON.stringify(jobs)}\n`);
  } catch (error) {
    throw new StorageError(
      'storage_io',
      `Cannot write ${file}: ${messageOf(error)}; submitted are ${JSON.stringify(jobs)}.`,
    );
  }
}

/**
 * Two arrays at once would have each task wait for its twin.
 *
 * @throws ConfigError `still_queued` while tasks of an earlier launch are waiting or at work.
 */
export async function refuseEarlierJobs(folder: string): Promise<void> {
  const job = await earlierTasks(join(folder, FILE));
  if (job === undefined || !(await isQueued(job))) return;
  throw new ConfigError(
    'still_queued',
    `Job ${job} of an earlier launch of this run is not over (squeue --jobs=${job}): wait for it, or end it with scancel ${job}.`,
  );
}

async function earlierTasks(file: string): Promise<string | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    const isKnown = typeof content === 'object' && content !== null && 'tasks' in content;
    return isKnown && typeof content.tasks === 'string' && /^\d+$/.test(content.tasks) ? content.tasks : undefined;
  } catch (error) {
    // A file that was cut short says nothing, and only a convenience is lost.
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw new StorageError('storage_io', `Cannot read ${file}: ${messageOf(error)}`);
  }
}

async function isQueued(job: string): Promise<boolean> {
  try {
    return (await runSlurm('squeue', ['--noheader', `--jobs=${job}`, '--format=%i'])).trim() !== '';
  } catch (error) {
    // Of a job that is long over Slurm knows nothing any more.
    if (error instanceof MidiloomError) return false;
    throw error;
  }
}
