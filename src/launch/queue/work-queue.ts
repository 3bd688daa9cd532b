import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { messageOf } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { isTaskDone } from '../../run-directory/is-task-done.ts';
import { readTasks } from '../../run-directory/tasks-file.ts';
import { mergeWords, taskWords } from '../process-words.ts';
import { connectRedis } from './connect-redis.ts';
import { loadBullmq } from './load-bullmq.ts';
import type { RedisAddress } from './redis-address.ts';
import { runChild } from './run-child.ts';
import { parseTaskJob, type TaskJob } from './task-job.ts';

export interface WorkOptions {
  readonly address: RedisAddress;
  readonly queue: string;
  /** The run directory on this machine. */
  readonly outputDir: string;
  /** What runs midiloom here, in words. */
  readonly program: readonly string[];
  /**
   * After which a worker that is not heard of has vanished, and its task is given to another; and after which a task is looked at
   * again that another process is at work on.
   */
  readonly lockMs: number;
  /** How long to wait for something to take while others are at work; `undefined` for until they are done. */
  readonly maxIdleMs: number | undefined;
  /** Seconds that a task may take to save when it is asked to stop. */
  readonly graceS: number;
}

export interface Worked {
  /** How the worker ended: nothing is left, others do the rest, it was asked to stop, or nothing was ever there. */
  readonly end: 'none_left' | 'idle' | 'stopped' | 'empty';
  /** What this worker did. */
  readonly done: number;
  readonly failed: number;
  readonly put_back: number;
  /** Tasks of the whole queue that failed for good, with why. */
  readonly failures: readonly { readonly task: string; readonly error: string }[];
  /** Tasks of the whole queue that are not finished; `null` where Redis does not say. */
  readonly left: number | null;
}

/** A worker may vanish any number of times; a task that takes its worker down again and again ends here. */
const MAX_STALLED = 1000;
const POLL_MS = 1000;
const MERGE_POLL_MS = 2000;
/** In which a Redis that is there says goodbye. */
const CLOSE_MS = 10_000;
const SHOWN_FAILURES = 100;
/** How midiloom says that the same would happen again: usage, too many failed pairs, refused. */
const HOPELESS: ReadonlySet<number> = new Set([2, 3, 5]);
const INCOMPLETE = 3;
const LOCKED = 4;

/**
 * Takes the tasks of a queue, one after the other, each in a process of its own, until none is left. Aborting `signal` has the
 * task at work save, puts it back and ends.
 *
 * @throws MissingError `bullmq_missing`, `redis_unreachable`.
 */
export async function workQueue(
  options: WorkOptions,
  { signal, log, onLine }: { readonly signal: AbortSignal; readonly log: Log; readonly onLine: (line: string) => void },
): Promise<Worked> {
  const bullmq = await loadBullmq();
  const connection = await connectRedis(options.address, bullmq, log);
  const { DelayedError, WaitingError, UnrecoverableError } = bullmq;
  const queue = new bullmq.Queue(options.queue, { connection });
  const counts = { done: 0, failed: 0, put_back: 0 };
  let isBusy = false;

  const unfinished = (): Promise<number> =>
    queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized', 'waiting-children');

  const later = async (job: Job, token: string | undefined, delayMs: number): Promise<never> => {
    await job.moveToDelayed(Date.now() + delayMs, token);
    throw new DelayedError();
  };

  const work = async (job: Job, token: string | undefined): Promise<void> => {
    const task = taskJob(job);
    // The merge stands behind all tasks; those that others are at work on, or that are to be tried later, it waits for.
    if (task.kind === 'merge' && (await unfinished()) > 1) return later(job, token, MERGE_POLL_MS);
    const name = job.id ?? task.kind;
    log('info', `${name} begins`);
    const { status, lastLine } = await runChild([...options.program, ...wordsOf(task, options)], { signal, onLine });
    // Too many pairs without a result is said of a task, and is no reason to do it again.
    if (status === 0 || (status === INCOMPLETE && task.kind === 'task' && (await isDone(options.outputDir, task)))) {
      counts.done += 1;
      log('info', `${name} is done`);
      return;
    }
    if (signal.aborted) {
      counts.put_back += 1;
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (status === LOCKED) {
      counts.put_back += 1;
      log('info', `${name} is put back: another process is at work on it`);
      return later(job, token, options.lockMs);
    }
    const why = `exit ${status}: ${lastLine}`;
    log('warning', `${name} ended with ${why}`);
    throw HOPELESS.has(status) ? new UnrecoverableError(why) : new Error(why);
  };

  const taskJob = (job: Job): TaskJob => {
    try {
      return parseTaskJob(job.data, `The queue ${options.queue}`);
    } catch (error) {
      throw new UnrecoverableError(messageOf(error));
    }
  };

  const worker = new bullmq.Worker(
    options.queue,
    async (job, token) => {
      isBusy = true;
      try {
        await work(job, token);
      } finally {
        isBusy = false;
      }
    },
    { connection, lockDuration: options.lockMs, stalledInterval: options.lockMs, maxStalledCount: MAX_STALLED },
  );
  // Those of the connection are told by whoever made it; others, such as a lock that was lost, cost a second try.
  worker.on('error', (error) => log('debug', 'the queue', () => ({ error: messageOf(error) })));
  queue.on('error', (error) => log('debug', 'the queue', () => ({ error: messageOf(error) })));
  worker.on('failed', (job) => {
    if (job !== undefined && job.finishedOn !== undefined) counts.failed += 1;
  });

  const aborted = new Promise<'stopped'>((resolve) => {
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
    if (signal.aborted) resolve('stopped');
  });

  const watch = async (): Promise<Worked['end']> => {
    for (let idleSince = performance.now(); ; ) {
      await pause(POLL_MS);
      if (isBusy) idleSince = performance.now();
      else if ((await unfinished()) === 0) {
        return (await queue.getJobCountByTypes('completed', 'failed')) === 0 ? 'empty' : 'none_left';
      } else if (options.maxIdleMs !== undefined && performance.now() - idleSince > options.maxIdleMs) return 'idle';
    }
  };

  try {
    // Where Redis is away its answer is waited for, but not by who is asked to stop.
    const end = await Promise.race([watch(), aborted]);
    if (end !== 'stopped' && isBusy) await worker.close();
    else await within(CLOSE_MS + options.graceS * 1000, worker.close());
    if (connection.status !== 'ready') return { end, ...counts, failures: [], left: null };
    const failures = (await queue.getFailed(0, SHOWN_FAILURES - 1)).map(({ id, failedReason }) => ({
      task: id ?? '',
      error: failedReason ?? '',
    }));
    return { end, ...counts, failures, left: await unfinished() };
  } finally {
    await within(CLOSE_MS, queue.close());
    connection.disconnect();
  }
}

async function isDone(outputDir: string, { task }: TaskJob): Promise<boolean> {
  const tasks = await readTasks(outputDir);
  return tasks !== undefined && isTaskDone(outputDir, tasks, task);
}

function wordsOf(job: TaskJob, { outputDir, graceS }: WorkOptions): readonly string[] {
  const grace = `--grace=${graceS}`;
  if (job.kind === 'merge') {
    return [...mergeWords({ outputDir, savePartial: job.words.includes('--save_partial') }), grace];
  }
  // What is locked is put back, and waits in the queue.
  const { task, tasks } = job;
  return taskWords({ outputDir, tasks, words: [...job.words, '--lock_timeout=0', grace] }, task);
}

/** Waits for what may never come where Redis is gone. */
async function within(ms: number, closing: Promise<unknown>): Promise<void> {
  await Promise.race([closing.catch(() => {}), pause(ms, undefined, { ref: false })]);
}
