import { describe, expect, test } from 'vitest';
import { cookieName, judge, WRITE_HEADER } from '../../src/dashboard/guard.ts';

const LOCAL = { host: '127.0.0.1', token: undefined, port: 7464 };
const SECRET = { host: '0.0.0.0', token: 'right', port: 7464 };
const WRITE = { [WRITE_HEADER]: '1', 'content-type': 'application/json' };

function statusOf(
  headers: Record<string, string>,
  options: typeof LOCAL | typeof SECRET = LOCAL,
  { method = 'GET', token = null }: { method?: string; token?: string | null } = {},
): number {
  const verdict = judge({ method, headers: { host: 'localhost:7464', ...headers }, token }, options);
  return verdict.isAllowed ? 200 : verdict.status;
}

describe('the name that a request calls the server by', () => {
  test.each(['localhost', 'localhost:7464', '127.0.0.1:7464', '[::1]:7464', 'LOCALHOST:9000'])('may be %s', (host) => {
    expect(statusOf({ host })).toBe(200);
  });

  test.each([
    'evil.example',
    'evil.example:7464',
    '127.0.0.1.evil.example',
    '',
    'localhost@evil.example',
    '10.0.0.1:7464',
  ])('may not be %j where only this machine is served', (host) => {
    expect(statusOf({ host })).toBe(421);
  });

  test('may be any address where others are served, but no name that could be made to lead here', () => {
    const token = { authorization: 'Bearer right' };
    expect(statusOf({ host: '10.0.0.1:7464', ...token }, SECRET)).toBe(200);
    expect(statusOf({ host: 'evil.example:7464', ...token }, SECRET)).toBe(421);
  });
});

describe('a request of another site', () => {
  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:9999' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
  ])('is refused: %j', (headers) => {
    expect(statusOf(headers)).toBe(403);
    expect(statusOf({ ...headers, ...WRITE }, LOCAL, { method: 'POST' })).toBe(403);
  });

  test('may lead to the page, as a link does, and write nothing', () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(statusOf(link)).toBe(200);
    expect(statusOf({ ...link, ...WRITE }, LOCAL, { method: 'POST' })).toBe(403);
  });
});

describe('a write', () => {
  test('needs JSON and our header, which no form sends', () => {
    expect(statusOf(WRITE, LOCAL, { method: 'POST' })).toBe(200);
    expect(statusOf({ 'content-type': 'application/json' }, LOCAL, { method: 'POST' })).toBe(403);
    expect(statusOf({ ...WRITE, 'content-type': 'text/plain' }, LOCAL, { method: 'POST' })).toBe(403);
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE'])('is no %s', (method) => {
    expect(statusOf(WRITE, LOCAL, { method })).toBe(405);
  });
});

describe('a token', () => {
  test('may come in the address, in the cookie of this port, or as a bearer', () => {
    expect(statusOf({}, SECRET, { token: 'right' })).toBe(200);
    expect(statusOf({ cookie: `a=b; ${cookieName(7464)}=right` }, SECRET)).toBe(200);
    expect(statusOf({ authorization: 'Bearer right' }, SECRET)).toBe(200);
  });

  test('must be there, and right', () => {
    expect(statusOf({}, SECRET)).toBe(401);
    expect(statusOf({}, SECRET, { token: 'wrong' })).toBe(401);
    expect(statusOf({ cookie: `${cookieName(1)}=right` }, SECRET)).toBe(401);
    expect(statusOf({ authorization: 'Bearer ' }, SECRET)).toBe(401);
  });
});
