import { ConfigError } from '../../errors.ts';

/** Where a Redis is, and how it may be shown. */
export interface RedisAddress {
  /** With its credentials: never to be printed, nor kept. */
  readonly url: string;
  /** Without them. */
  readonly shown: string;
}

const PROTOCOLS: readonly string[] = ['redis:', 'rediss:'];

/** @throws ConfigError `invalid_option`, which does not repeat the address: it may hold a password. */
export function redisAddress(text: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !PROTOCOLS.includes(url.protocol) || url.hostname === '') {
    throw new ConfigError(
      'invalid_option',
      '--redis must be redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for TLS (it is not repeated here: it may hold a password).',
    );
  }
  const database = /^\/\d+$/.test(url.pathname) ? url.pathname : '';
  return { url: url.href, shown: `${url.hostname}:${url.port === '' ? '6379' : url.port}${database}` };
}
