import { type HubEndpoint, isLoopback } from './hub-endpoint.ts';
import { errorOfNetwork, HubError } from './hub-error.ts';

export interface HubQuestion {
  readonly endpoint: HubEndpoint;
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Longest time until an answer begins. */
  readonly answerLimitMs: number;
}

export interface HubAnswer {
  readonly response: Response;
  /** What each server on the way said of the file, the hub itself before those that it sends on to. */
  readonly said: (header: string) => string | undefined;
}

const MOST_REDIRECTS = 8;

/**
 * Asks the hub, and whatever server it sends on to. Credentials go to the hub's own origin alone, and nothing goes on from an encrypted
 * connection to one that is not.
 *
 * @throws HubError in words; the signal's reason where it is aborted.
 */
export async function askHub(question: HubQuestion): Promise<HubAnswer> {
  const { endpoint, signal } = question;
  const passed: Headers[] = [];
  let url = new URL(question.url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const isOwn = url.origin === new URL(endpoint.url).origin;
    const authorization =
      isOwn && endpoint.authorization !== undefined ? { authorization: endpoint.authorization } : {};
    const response = await answerWithin(question, url, { ...question.headers, ...authorization });
    passed.push(response.headers);
    const next = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (next === null) return { response, said: (name) => firstOf(passed, name) };
    await response.body?.cancel();
    signal.throwIfAborted();
    url = nextAddress(next, url);
  }
  throw new HubError('it sends from one address to the next without end', false);
}

async function answerWithin(
  { method, signal, answerLimitMs }: HubQuestion,
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), answerLimitMs);
  try {
    // What a server compresses has another size than it says of the file.
    const all = { ...headers, 'accept-encoding': 'identity' };
    return await fetch(url, {
      method,
      headers: all,
      redirect: 'manual',
      signal: AbortSignal.any([signal, limit.signal]),
    });
  } catch (error) {
    signal.throwIfAborted();
    if (limit.signal.aborted) throw new HubError(`it does not answer within ${answerLimitMs / 1000} s`, true);
    throw errorOfNetwork(error);
  } finally {
    clearTimeout(timer);
  }
}

function nextAddress(location: string, from: URL): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isSafe =
    next?.protocol === 'https:' ||
    (next?.protocol === 'http:' && (from.protocol === 'http:' || isLoopback(next.hostname)));
  if (next !== undefined && isSafe && next.username === '') return next;
  throw new HubError('it sends on to an address that is not safe', false);
}

function firstOf(passed: readonly Headers[], name: string): string | undefined {
  return passed.map((headers) => headers.get(name)).find((value) => value !== null) ?? undefined;
}
