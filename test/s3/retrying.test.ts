import { expect, test } from 'vitest';
import { type Patience, retrying } from '../../src/s3/retrying.ts';
import { s3Error } from '../../src/s3/s3-error.ts';

const PATIENCE: Patience = { attempts: 4, firstPauseMs: 1, longestPauseMs: 4, attemptMs: 50, bytesPerSecond: 1e6 };

/** As the client throws it. */
function answer(status: number, name: string): Error {
  return Object.assign(new Error('injected'), { name, $metadata: { httpStatusCode: status } });
}

async function attemptsAt(error: Error): Promise<number> {
  let attempts = 0;
  await retrying(PATIENCE, 0, async () => {
    attempts++;
    throw error;
  }).catch(() => {});
  return attempts;
}

test('what may pass is tried again, and what will not is said at once', async () => {
  expect(await attemptsAt(answer(500, 'InternalError'))).toBe(4);
  expect(await attemptsAt(answer(503, 'SlowDown'))).toBe(4);
  expect(await attemptsAt(answer(429, 'TooManyRequests'))).toBe(4);
  expect(await attemptsAt(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))).toBe(4);
  expect(await attemptsAt(answer(409, 'ConditionalRequestConflict'))).toBe(4);
  expect(await attemptsAt(answer(412, 'PreconditionFailed'))).toBe(1);
  expect(await attemptsAt(answer(403, 'AccessDenied'))).toBe(1);
  expect(await attemptsAt(answer(404, 'NoSuchBucket'))).toBe(1);
});

test('an attempt that hangs is given up, and the next one may succeed', async () => {
  const result = await retrying(PATIENCE, 0, (signal, before) =>
    before > 0
      ? Promise.resolve(before)
      : new Promise<number>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  expect(result).toBe(1);
});

test.each([
  [answer(404, 'NoSuchBucket'), 's3_no_bucket', /create it/],
  [answer(403, 'SignatureDoesNotMatch'), 's3_no_permission', /check the keys/],
  [answer(403, 'RequestTimeTooSkewed'), 's3_clock', /timedatectl/],
  [answer(301, 'PermanentRedirect'), 's3_wrong_region', /AWS_REGION/],
  [answer(503, 'SlowDown'), 's3_slow', /fewer/],
  [answer(500, 'InternalError'), 's3_unavailable', /continue/],
  [answer(412, 'PreconditionFailed'), 's3_conflict', /who else/],
  [answer(507, 'XMinioStorageFull'), 'storage_full', /make room/],
  [Object.assign(new Error('no'), { name: 'CredentialsProviderError' }), 's3_no_credentials', /AWS_PROFILE/],
  [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 's3_unreachable', /AWS_ENDPOINT_URL/],
])('%s is %s, with what to do', (thrown, code, advice) => {
  const error = s3Error('write', 's3://runs/a', thrown);
  expect(error).toMatchObject({ code, message: expect.stringMatching(advice) });
  expect(error.message).toContain('s3://runs/a');
});

test('a key that a server repeats is not shown', () => {
  const thrown = Object.assign(new Error('The key AKIAIOSFODNN7EXAMPLE does not exist'), {
    name: 'InvalidAccessKeyId',
  });
  expect(s3Error('read', 's3://runs/a', thrown).message).not.toContain('AKIAIOSFODNN7EXAMPLE');
});
