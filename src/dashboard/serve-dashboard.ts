import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ConfigError, messageOf } from '../errors.ts';
import { type Log, silent } from '../log.ts';
import { answer } from './answer.ts';
import { errorBody, RequestError } from './api-error.ts';
import { Dashboard } from './dashboard.ts';
import { cookieName, isLoopback, judge } from './guard.ts';
import { sendError, setPolicies } from './responses.ts';

export interface DashboardOptions {
  /** Folders; the runs at and below them are shown. */
  readonly paths: readonly string[];
  /** What to listen on: `127.0.0.1` unless others are to reach it. */
  readonly host?: string | undefined;
  /** 0 for any that is free. */
  readonly port?: number | undefined;
  /** Whether runs may be changed from the page. */
  readonly manage?: boolean | undefined;
  /** Whether a token is asked for also where only this machine can reach the server; elsewhere, and to manage, it always is. */
  readonly token?: boolean | undefined;
  readonly log?: Log | undefined;
}

export interface ServedDashboard {
  /** To be opened in a browser; has the token, where one is needed. */
  readonly url: string;
  readonly port: number;
  readonly token: string | undefined;
  /** Ends what is asked for and the server. */
  close(): Promise<void>;
}

/**
 * Serves pages that show runs while they go, from the files that they write anyway.
 *
 * @throws ConfigError `folder_unreadable`, `port_unusable`.
 */
export async function serveDashboard(options: DashboardOptions): Promise<ServedDashboard> {
  const { paths, host = '127.0.0.1', port: wanted = 0, manage = false, log = silent } = options;
  const dashboard = await Dashboard.open(paths, { manage, log });
  const needsToken = options.token === true || manage || !isLoopback(host);
  const token = needsToken ? randomBytes(24).toString('base64url') : undefined;
  let port = wanted;
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      const { status, code, message } = errorBody(error);
      if (status === 500) log('warning', 'a request failed', () => ({ code, message }));
      sendError(response, { status, code, message });
    });
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setPolicies(response);
    const { method = 'GET', headers } = request;
    const url = addressOf(request);
    const inAddress = url.pathname === '/' ? url.searchParams.get('token') : null;
    const verdict = judge({ method, headers, token: inAddress }, { host, token, port });
    if (!verdict.isAllowed) throw new RequestError(verdict.status, 'refused', verdict.why);
    // The page is served at once, not by way of another address: of the first request from elsewhere a strict cookie is no part.
    if (token !== undefined && inAddress !== null)
      response.setHeader('Set-Cookie', `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`);
    await answer(dashboard, url, request, response);
  };
  server.requestTimeout = 30_000;
  server.listen(wanted, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigError(
      'port_unusable',
      `Cannot listen on ${host}:${wanted}: ${messageOf(error)}; give another --port or --host.`,
    );
  }
  port = addressPort(server.address());
  return {
    url: `http://${named(host)}:${port}/${token === undefined ? '' : `?token=${token}`}`,
    port,
    token,
    close: async () => {
      await dashboard.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Of this server: one that names another, as a proxy is asked, is none. */
function addressOf({ url = '/' }: IncomingMessage): URL {
  const whole = `http://localhost${url}`;
  if (/^\/(?!\/)/.test(url) && URL.canParse(whole)) return new URL(whole);
  throw new RequestError(400, 'bad_address', 'the address cannot be read');
}

function addressPort(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** How others may call a host; every address of the machine has one that leads to it. */
function named(host: string): string {
  const isEvery = host === '0.0.0.0' || host === '::';
  const reachable = isEvery ? ownAddress() : host;
  return reachable.includes(':') ? `[${reachable}]` : reachable;
}

function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}
