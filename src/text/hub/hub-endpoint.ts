import { ConfigError } from '../../errors.ts';

/** Where models are downloaded from. */
export interface HubEndpoint {
  /** With a `/` at its end, and without credentials: it may be shown. */
  readonly url: string;
  /** The value of `Authorization`, for this endpoint's own host alone; `undefined` where there is none. */
  readonly authorization: string | undefined;
}

const HUB = 'https://huggingface.co';

/**
 * The hub, or the mirror that `HF_ENDPOINT` names, as in Hugging Face's own tools. Name and password in that address, else `HF_TOKEN`,
 * are sent as a header and shown nowhere; never without encryption but to this machine.
 *
 * @throws ConfigError `invalid_option` where `HF_ENDPOINT` is no address.
 */
export function hubEndpoint(environment: NodeJS.ProcessEnv = process.env): HubEndpoint {
  const address = addressOf(environment.HF_ENDPOINT || HUB);
  const { username, password } = address;
  const isSafe = address.protocol === 'https:' || isLoopback(address.hostname);
  const token = environment.HF_TOKEN;
  address.username = '';
  address.password = '';
  address.search = '';
  address.hash = '';
  const url = address.href.replace(/\/*$/, '/');
  if (username === '' && !token) return { url, authorization: undefined };
  if (!isSafe) {
    if (username === '') return { url, authorization: undefined };
    throw new ConfigError(
      'invalid_option',
      `HF_ENDPOINT has a password for ${url}, which would be sent without encryption: use https`,
    );
  }
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const basic = `Basic ${Buffer.from(pair).toString('base64')}`;
  return { url, authorization: username === '' ? `Bearer ${token}` : basic };
}

function addressOf(given: string): URL {
  const address = URL.canParse(given) ? new URL(given) : undefined;
  if (address?.protocol === 'https:' || address?.protocol === 'http:') return address;
  // What was given may hold a password.
  throw new ConfigError('invalid_option', 'HF_ENDPOINT is no address of the kind https://HOST');
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
