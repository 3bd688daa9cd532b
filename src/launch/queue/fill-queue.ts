import type { Queue } from 'bullmq';
import { ConfigError } from '../../errors.ts';
import { jobId, parseTaskJob, type TaskJob } from './task-job.ts';

/** What became of the tasks that were to be put into the queue. */
export interface Filled {
  readonly added: number;
  /** Failed, or done in the queue but not in the run directory; they are to be tried again. */
  readonly again: number;
  /** Waiting in the queue already, or at work. */
  readonly kept: number;
}

export interface QueuedRun {
  readonly tasks: number;
  readonly words: readonly string[];
  /** The tasks that are not done in the run directory. */
  readonly wanted: readonly number[];
  /** What the merge is told; `undefined` for none. */
  readonly merge: readonly string[] | undefined;
}

/** How often a task is tried that fails; a worker that vanishes is no failure. */
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 15_000;
/** How long it is known of a task that it is done. */
const KEEP_S = 30 * 86_400;
const CHUNK = 1000;
/** Behind all jobs that have none. */
const LAST = 1;
const OPTIONS = {
  attempts: ATTEMPTS,
  backoff: { type: 'exponential', delay: FIRST_PAUSE_MS },
  removeOnComplete: { age: KEEP_S },
};
const STATES = ['waiting', 'active', 'delayed', 'prioritized', 'completed', 'failed'] as const;

/**
 * Puts the tasks of a run into its queue. A task that is there already is not put there twice.
 *
 * @throws ConfigError `queue_taken` where the queue holds tasks of other options.
 */
export async function fillQueue(queue: Queue, { tasks, words, wanted, merge }: QueuedRun): Promise<Filled> {
  await checkQueue(queue, { tasks, words });
  const jobs = wanted.map((task): TaskJob => ({ kind: 'task', task, tasks, words }));
  const again = await retryFinished(queue, new Set(jobs.map(jobId)));
  const before = await queue.getJobCountByTypes(...STATES);
  for (let at = 0; at < jobs.length; at += CHUNK) {
    await queue.addBulk(
      jobs.slice(at, at + CHUNK).map((data) => ({ name: 'task', data, opts: { ...OPTIONS, jobId: jobId(data) } })),
    );
  }
  const added = (await queue.getJobCountByTypes(...STATES)) - before;
  // Behind the tasks: a worker that takes it alone would find nothing to join.
  if (merge !== undefined)
    await addMerge(queue, { kind: 'merge', task: tasks, tasks, words: merge }, added + again > 0);
  return { added, again, kept: wanted.length - added - again };
}

async function addMerge(queue: Queue, job: TaskJob, hasWork: boolean): Promise<void> {
  const there = await queue.getJob(jobId(job));
  if (there === undefined) await queue.add('merge', job, { ...OPTIONS, jobId: jobId(job), priority: LAST });
  else if (await there.isFailed()) await there.retry('failed', { resetAttemptsMade: true });
  else if (hasWork && (await there.isCompleted())) await there.retry('completed', { resetAttemptsMade: true });
}

async function checkQueue(queue: Queue, { tasks, words }: Pick<QueuedRun, 'tasks' | 'words'>): Promise<void> {
  const jobs = await queue.getJobs([...STATES], 0, 1);
  for (const job of jobs) {
    const there = parseTaskJob(job.data, `The queue ${queue.name}`);
    if (there.kind === 'merge') continue;
    if (there.tasks === tasks && there.words.join('\0') === words.join('\0')) continue;
    throw new ConfigError(
      'queue_taken',
      `The queue ${queue.name} holds tasks of this run with other options: ${there.tasks} tasks, ${there.words.join(' ')}. ` +
        'Give the same, or --replace to take those out.',
    );
  }
}

/** What is finished in the queue and wanted all the same goes into it again. */
async function retryFinished(queue: Queue, ids: ReadonlySet<string>): Promise<number> {
  let retried = 0;
  for (const state of ['failed', 'completed'] as const) {
    const total = await queue.getJobCountByTypes(state);
    const finished = [];
    for (let at = 0; at < total; at += CHUNK) finished.push(...(await queue.getJobs([state], at, at + CHUNK - 1)));
    for (const job of finished) {
      if (job.id === undefined || !ids.has(job.id)) continue;
      await job.retry(state, { resetAttemptsMade: true });
      retried += 1;
    }
  }
  return retried;
}
