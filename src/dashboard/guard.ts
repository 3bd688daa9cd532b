import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** Whom a server answers. */
export interface GuardOptions {
  /** What it listens on, as it was asked for. */
  readonly host: string;
  /** Who does not know it is refused; `undefined` where nobody needs one. */
  readonly token: string | undefined;
  /** Tells apart the cookies of servers on one machine, which a browser keeps by its name alone. */
  readonly port: number;
}

export interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** `token` in the address. */
  readonly token: string | null;
}

export type Verdict =
  | { readonly isAllowed: true }
  | { readonly isAllowed: false; readonly status: number; readonly why: string };

/** What a page of ours sends with everything that changes something; another site's cannot without being asked first. */
export const WRITE_HEADER = 'x-midiloom';

/**
 * Decides by the head of a request alone.
 *
 * - The name in `Host` must be an address or a name of this machine: a page whose own name was made to lead here
 *   (DNS rebinding) has another.
 * - A request that a browser says came from another site, or whose `Origin` is not this server, is refused; so is a write
 *   without our header and JSON, which no form and no simple request can send.
 * - Where a token is needed it is in the cookie, in the address or in `Authorization`.
 */
export function judge({ method, headers, token: inAddress }: Asked, { host, token, port }: GuardOptions): Verdict {
  const named = nameIn(headers.host);
  if (named === undefined || !isOurName(named, host))
    return refused(421, `this server does not answer to the name ${JSON.stringify(headers.host ?? '')}`);
  const isWrite = method !== 'GET' && method !== 'HEAD';
  if (headers.origin !== undefined && !isSameOrigin(headers.origin, headers.host))
    return refused(403, 'the request comes from another site');
  const site = headers['sec-fetch-site'];
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && !isWrite;
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation)
    return refused(403, 'the request comes from another site');
  if (isWrite) {
    if (method !== 'POST') return refused(405, `${method} is nothing that is done here`);
    if (headers[WRITE_HEADER] === undefined || headers['content-type'] !== 'application/json')
      return refused(403, `a write must be JSON and have the header ${WRITE_HEADER}`);
  }
  if (token === undefined || tokensIn(headers, inAddress, port).some((given) => isSame(given, token)))
    return { isAllowed: true };
  return refused(401, 'open the address that the terminal shows: it has a token');
}

export function cookieName(port: number): string {
  return `midiloom-${port}`;
}

function tokensIn(headers: IncomingHttpHeaders, inAddress: string | null, port: number): readonly string[] {
  const cookie = headers.cookie
    ?.split(';')
    .map((part) => part.trim().split('='))
    .find(([name]) => name === cookieName(port))?.[1];
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  return [cookie, bearer, inAddress].flatMap((given) => given ?? []);
}

/** In a time that does not tell how much of it was right. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** Without the port: a tunnel gives another one. */
function nameIn(host: string | undefined): string | undefined {
  const found = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?$/.exec(host ?? '')?.[1];
  return found?.replace(/^\[|\]$/g, '').toLowerCase();
}

/** An address is no name, and cannot be made to lead elsewhere. */
function isOurName(name: string, host: string): boolean {
  if (name === 'localhost' || name === host.toLowerCase()) return true;
  if (isLoopback(host)) return isIP(name) !== 0 && isLoopback(name);
  return isIP(name) !== 0 || name === hostname().toLowerCase();
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

function refused(status: number, why: string): Verdict {
  return { isAllowed: false, status, why };
}
