import { codeOf, MidiloomError, messageOf, StorageError } from '../errors.ts';

interface Words {
  readonly code: string;
  readonly what: string;
  readonly advice: string;
}

const DENIED: Words = {
  code: 's3_no_permission',
  what: 'the server refuses',
  advice: 'check the keys (AWS_ACCESS_KEY_ID, AWS_PROFILE) and what they may do there: list, read, write and delete',
};
const NO_KEYS: Words = {
  code: 's3_no_credentials',
  what: 'no keys are known',
  advice: 'give them by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or the role of the machine',
};
const REGION: Words = {
  code: 's3_wrong_region',
  what: 'the bucket is in another region',
  advice: 'name the right one by AWS_REGION',
};
const CLOCK: Words = {
  code: 's3_clock',
  what: 'the clock of this machine is not that of the server',
  advice: 'set it (timedatectl set-ntp true) and continue',
};
const SLOW: Words = {
  code: 's3_slow',
  what: 'the server wants fewer requests',
  advice: 'continue later, or let fewer runs write to one prefix',
};
const UNAVAILABLE: Words = {
  code: 's3_unavailable',
  what: 'the server cannot answer at the moment',
  advice: 'continue when it can',
};
const UNREACHABLE: Words = {
  code: 's3_unreachable',
  what: 'the server cannot be reached, or the connection was lost',
  advice: 'check the network and AWS_ENDPOINT_URL, and continue',
};
const NO_BUCKET: Words = {
  code: 's3_no_bucket',
  what: 'there is no such bucket',
  advice: 'create it, or check its name and AWS_ENDPOINT_URL',
};
const CONFLICT: Words = {
  code: 's3_conflict',
  what: 'somebody else has written there meanwhile',
  advice: 'look who else uses this prefix',
};
const FULL: Words = { code: 'storage_full', what: 'the server has no room', advice: 'make room and continue' };
const OTHER: Words = { code: 's3_failed', what: 'the server answers with an error', advice: 'check it and continue' };

const BY_NAME: Readonly<Record<string, Words>> = {
  NoSuchBucket: NO_BUCKET,
  AccessDenied: DENIED,
  InvalidAccessKeyId: DENIED,
  SignatureDoesNotMatch: DENIED,
  ExpiredToken: { ...DENIED, what: 'the keys are not valid any more', advice: 'renew them and continue' },
  InvalidToken: DENIED,
  CredentialsProviderError: NO_KEYS,
  TokenProviderError: NO_KEYS,
  PermanentRedirect: REGION,
  AuthorizationHeaderMalformed: REGION,
  IllegalLocationConstraintException: REGION,
  RequestTimeTooSkewed: CLOCK,
  RequestExpired: CLOCK,
  SlowDown: SLOW,
  Throttling: SLOW,
  ThrottlingException: SLOW,
  TooManyRequests: SLOW,
  RequestTimeout: UNREACHABLE,
  TimeoutError: UNREACHABLE,
  AbortError: UNREACHABLE,
  IncompleteBody: UNREACHABLE,
  XMinioStorageFull: FULL,
  QuotaExceeded: FULL,
};

const NETWORK = new Set(['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);
for (const code of ['ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_STREAM_PREMATURE_CLOSE']) NETWORK.add(code);

/** Of the error that the client threw: its HTTP status, where the server answered. */
export function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('$metadata' in thrown)) return undefined;
  const { $metadata } = thrown;
  if (typeof $metadata !== 'object' || $metadata === null || !('httpStatusCode' in $metadata)) return undefined;
  return typeof $metadata.httpStatusCode === 'number' ? $metadata.httpStatusCode : undefined;
}

/** Whether what was asked for is not there: the object, not its bucket. */
export function isAbsent(thrown: unknown): boolean {
  return statusOf(thrown) === 404 && nameOf(thrown) !== 'NoSuchBucket';
}

/** Whether a condition did not hold, or another writer was in between. */
export function isConflict(thrown: unknown): boolean {
  const status = statusOf(thrown);
  return status === 412 || (status === 409 && nameOf(thrown) === 'ConditionalRequestConflict');
}

/** Whether the same request may succeed a moment later. */
export function mayPass(thrown: unknown): boolean {
  const words = wordsFor(thrown);
  // The client sets its clock by the answer of the server, so that once more is enough.
  return words === SLOW || words === UNAVAILABLE || words === UNREACHABLE || words === CLOCK;
}

/** What the server or the network refused, as an error that names the object and says what to do. Never shows a key. */
export function s3Error(action: string, address: string, thrown: unknown): MidiloomError {
  if (thrown instanceof MidiloomError) return thrown;
  const { code, what, advice } = wordsFor(thrown);
  const status = statusOf(thrown);
  const name = nameOf(thrown);
  const seen = [name === 'Error' ? codeOf(thrown) : name, status === undefined ? undefined : `HTTP ${status}`];
  const facts = [...seen.filter((each) => each !== undefined && each !== 'Unknown'), withoutKeys(messageOf(thrown))];
  return new StorageError(code, `cannot ${action} ${address}: ${what} (${facts.join(', ')}); ${advice}`, {
    cause: thrown,
  });
}

function wordsFor(thrown: unknown): Words {
  const status = statusOf(thrown);
  const named = BY_NAME[nameOf(thrown)];
  if (named !== undefined) return named;
  if (isConflict(thrown)) return CONFLICT;
  if (status === 301 || status === 307) return REGION;
  if (status === 403 || status === 401) return DENIED;
  if (status === 404) return NO_BUCKET;
  if (status === 429) return SLOW;
  if (status === 507) return FULL;
  if (status !== undefined && status >= 500 && status !== 501) return UNAVAILABLE;
  if (/region is missing/i.test(messageOf(thrown))) return REGION;
  const causes = [codeOf(thrown), thrown instanceof Error ? codeOf(thrown.cause) : undefined];
  if (causes.some((code) => NETWORK.has(code ?? ''))) return UNREACHABLE;
  if (/socket hang up|aborted|premature close|timed? ?out/i.test(messageOf(thrown))) return UNREACHABLE;
  return OTHER;
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}

/** Some servers repeat the key that they do not know. */
function withoutKeys(message: string): string {
  return message.replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, '$1…').slice(0, 300);
}
