import { codeOf, messageOf } from '../../errors.ts';

/** Why a file could not be had from the hub, in words for a person. */
export class HubError extends Error {
  /** Whether the same question may be answered otherwise a little later. */
  readonly mayPass: boolean;
  /** Seconds that the server asks to wait for. */
  readonly retryAfterS: number | undefined;

  constructor(message: string, mayPass: boolean, retryAfterS?: number) {
    super(message);
    this.name = 'HubError';
    this.mayPass = mayPass;
    this.retryAfterS = retryAfterS;
  }
}

const STATUS_IN_WORDS: ReadonlyMap<number, string> = new Map([
  [401, 'it wants to know who asks: set HF_TOKEN to an access token of the hub'],
  [403, 'it refuses: the model may have terms to accept on its page, or the token (HF_TOKEN) no right to read it'],
  [404, 'it has no such file'],
  [407, 'a proxy wants to know who asks'],
  [408, 'it waited too long'],
  [416, 'it has fewer bytes than were there before'],
  [429, 'it was asked too often'],
]);

/** Of an answer that is no success. */
export function errorOfStatus(response: Response): HubError {
  const { status } = response;
  const words = STATUS_IN_WORDS.get(status) ?? (status >= 500 ? 'it has a fault' : 'it refuses');
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  const mayPass = status >= 500 || status === 408 || status === 429;
  return new HubError(`it answered ${status}: ${words}`, mayPass, Number.isFinite(after) ? after : undefined);
}

const SYSTEM_IN_WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'there is no such host; is the machine connected to a network?'],
  ['EAI_AGAIN', 'its name cannot be looked up; is the machine connected to a network?'],
  ['ECONNREFUSED', 'nothing answers there'],
  ['ECONNRESET', 'it broke the connection'],
  ['ETIMEDOUT', 'it does not answer'],
  ['EHOSTUNREACH', 'it cannot be reached from this network'],
  ['ENETUNREACH', 'it cannot be reached from this network'],
  ['UND_ERR_CONNECT_TIMEOUT', 'it does not answer'],
  ['UND_ERR_SOCKET', 'it broke the connection'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is its own: name it by NODE_EXTRA_CA_CERTS'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is not of a known authority: name that by NODE_EXTRA_CA_CERTS'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not of a known authority: name that by NODE_EXTRA_CA_CERTS'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
]);

/** Of what `fetch` threw, which says only "fetch failed"; why is in its cause. */
export function errorOfNetwork(thrown: unknown): HubError {
  if (thrown instanceof HubError) return thrown;
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const code = codeOf(cause) ?? '';
  const words = SYSTEM_IN_WORDS.get(code);
  const isFinal = code === 'ENOTFOUND' || code.includes('CERT') || code.startsWith('UNABLE_TO');
  return new HubError(words === undefined ? messageOf(cause) : `${words} (${code})`, !isFinal);
}
