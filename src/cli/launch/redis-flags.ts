import { type Command, Option as Flag } from 'commander';
import { environmentName } from '../../config/option-sources.ts';
import { ConfigError } from '../../errors.ts';
import { queueName } from '../../launch/queue/queue-name.ts';
import { type RedisAddress, redisAddress } from '../../launch/queue/redis-address.ts';
import { matching, parsedFlag } from './parsed-flag.ts';

export interface RedisFlags {
  readonly redis?: string;
  readonly queue?: string;
}

const QUEUE = matching(
  'NAME',
  'the queue (default: after the absolute path of the run directory)',
  /^[\w.-]{1,100}$/,
  'letters, digits, dots, hyphens and underscores',
);

export function addRedisFlags(command: Command): Command {
  return command
    .addOption(
      new Flag(
        '--redis <URL>',
        'where Redis is: redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for TLS; a password is seen by less in the environment',
      ).env(environmentName('redis')),
    )
    .addOption(parsedFlag('queue', QUEUE));
}

/** Which queue, and where. @throws ConfigError `missing_option`, `invalid_option`. */
export function givenQueue(
  { redis, queue }: RedisFlags,
  outputDir: string,
): { readonly address: RedisAddress; readonly queue: string } {
  if (redis === undefined || redis === '') {
    throw new ConfigError(
      'missing_option',
      'No Redis: name it by --redis URL, or by MIDILOOM_REDIS in the environment.',
    );
  }
  return { address: redisAddress(redis), queue: queue ?? queueName(outputDir) };
}
