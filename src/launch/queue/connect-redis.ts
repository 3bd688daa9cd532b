import type { Redis } from 'ioredis';
import { MissingError, messageOf } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { loadBullmq } from './load-bullmq.ts';
import type { RedisAddress } from './redis-address.ts';

/** In which a Redis that is there answers for the first time. */
const FIRST_ANSWER_MS = 10_000;
const MAX_PAUSE_MS = 5000;

/**
 * Connects to Redis. Once it has answered it may go away for as long as it likes: commands wait until it is back.
 *
 * @throws MissingError `redis_unreachable` where it does not answer at first.
 */
export async function connectRedis(
  { url, shown }: RedisAddress,
  { Redis: Client }: Pick<Awaited<ReturnType<typeof loadBullmq>>, 'Redis'>,
  log: Log,
): Promise<Redis> {
  let hasAnswered = false;
  let isAway = false;
  const client = new Client(url, {
    lazyConnect: true,
    // As BullMQ wants it.
    maxRetriesPerRequest: null,
    connectTimeout: FIRST_ANSWER_MS,
    retryStrategy: (times) => (hasAnswered ? Math.min(100 * times, MAX_PAUSE_MS) : null),
  });
  let lastError: string | undefined;
  client.on('error', (error: unknown) => {
    lastError = messageOf(error);
    if (hasAnswered && !isAway)
      log('warning', `Redis at ${shown} is out of reach; trying again`, () => ({ error: lastError }));
    isAway = true;
  });
  client.on('ready', () => {
    if (hasAnswered && isAway) log('warning', `Redis at ${shown} is back`);
    isAway = false;
  });
  try {
    await client.connect();
    // With a wrong password it connects, and refuses commands.
    await client.ping();
    hasAnswered = true;
    return client;
  } catch (error) {
    client.disconnect();
    throw new MissingError('redis_unreachable', `Redis at ${shown} cannot be used: ${lastError ?? messageOf(error)}`);
  }
}
