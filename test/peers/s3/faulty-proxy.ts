import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** What happens to a request on its way to the server. */
export type Fault =
  | 'none'
  /** Answered by the proxy; the server never sees it. */
  | { readonly status: number; readonly code: string }
  /** The connection is cut before it arrives; after it has had its effect; in the middle of the answer. */
  | 'lost'
  | 'unanswered'
  | 'cut'
  | { readonly slowMs: number };

/** Stands before a server and disturbs. */
export class FaultyProxy {
  readonly endpoint: string;
  readonly #server: Server;
  requests = 0;
  faults = 0;
  /** Largest body that came at once. */
  largestBody = 0;
  decide: (request: { readonly method: string; readonly path: string }) => Fault = () => 'none';

  private constructor(server: Server, endpoint: string) {
    this.#server = server;
    this.endpoint = endpoint;
  }

  static async before(target: string): Promise<FaultyProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const proxy = new FaultyProxy(server, `http://127.0.0.1:${address.port}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      proxy.#serve(target, request, response).catch(() => response.destroy());
    });
    return proxy;
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    this.requests++;
    const fault = this.decide({ method, path: url });
    if (fault !== 'none') this.faults++;
    if (fault === 'lost') return void request.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    this.largestBody = Math.max(this.largestBody, body.length);
    if (typeof fault === 'object' && 'status' in fault) {
      response.writeHead(fault.status, { 'content-type': 'application/xml' });
      response.end(`<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>injected</Message></Error>`);
      return;
    }
    if (typeof fault === 'object') await pause(fault.slowMs);
    const headers = Object.entries(request.headers).filter(([name]) => !HOP.has(name));
    const answer = await fetch(target + url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
      ...(body.length > 0 ? { body } : {}),
    });
    const content = Buffer.from(await answer.arrayBuffer());
    if (fault === 'unanswered') return void request.socket.destroy();
    const back = Object.fromEntries([...answer.headers].filter(([name]) => !HOP.has(name)));
    const length = method === 'HEAD' ? (answer.headers.get('content-length') ?? '0') : String(content.length);
    response.writeHead(answer.status, { ...back, 'content-length': length });
    if (fault !== 'cut') return void response.end(content);
    response.write(content.subarray(0, content.length >> 1));
    await pause(20);
    response.destroy();
  }
}

const HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'host',
  'expect',
  'content-encoding',
]);
