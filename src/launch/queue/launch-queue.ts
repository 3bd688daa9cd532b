import type { Log } from '../../log.ts';
import type { TaskRun } from '../process-words.ts';
import { connectRedis } from './connect-redis.ts';
import { type Filled, fillQueue } from './fill-queue.ts';
import { loadBullmq } from './load-bullmq.ts';
import type { RedisAddress } from './redis-address.ts';

export interface QueueLaunch {
  readonly run: TaskRun;
  readonly address: RedisAddress;
  readonly queue: string;
  /** The tasks that are not done yet. */
  readonly wanted: readonly number[];
  /** Whether what is in the queue already is taken out first. */
  readonly replaces: boolean;
  /** Whether the last job is to merge what the tasks made. */
  readonly merges: boolean;
}

/**
 * Puts the tasks of a run into a queue on Redis.
 *
 * @throws MissingError `bullmq_missing`, `redis_unreachable`; ConfigError `queue_taken`, `queue_unreadable`.
 */
export async function launchQueue(
  { run, address, queue: name, wanted, replaces, merges }: QueueLaunch,
  log: Log,
): Promise<Filled> {
  const bullmq = await loadBullmq();
  const connection = await connectRedis(address, bullmq, log);
  const queue = new bullmq.Queue(name, { connection });
  queue.on('error', () => {}); // told by whoever made the connection
  try {
    if (replaces) await queue.obliterate({ force: true });
    const merge = merges ? (run.savePartial ? ['--save_partial'] : []) : undefined;
    return await fillQueue(queue, { tasks: run.tasks, words: run.words, wanted, merge });
  } finally {
    await queue.close();
    connection.disconnect();
  }
}
