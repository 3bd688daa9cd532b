import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { TINY, writeTestModel } from '../../../scripts/test-models/write-test-model.ts';
import { findModel, type ModelRequest } from '../../../src/text/find-model.ts';
import { temporaryFolder } from '../transformers/tiny-model.ts';

export const NAME = 'midiloom-test/tiny-bert';
export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

export interface Asked {
  readonly method: string;
  /** In the model. */
  readonly path: string;
  readonly revision: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** Answers in a way of its own, and says whether it did. */
export type Fault = (asked: Asked, response: ServerResponse, content: Buffer) => boolean;

export interface StandInHub {
  readonly port: number;
  readonly asked: readonly Asked[];
  readonly directory: string;
  /** What goes wrong from now on. */
  fault: Fault | undefined;
}

/** A hub on this machine that holds a tiny model, and answers as Hugging Face's does: sizes, checksums, the commit, ranges. */
export async function startHub(directory = writeTiny()): Promise<StandInHub> {
  const asked: Asked[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const [, revision = '', path = ''] =
      /^\/[^/]+\/[^/]+\/resolve\/([^/]+)\/(.*)$/.exec(decodeURIComponent(request.url ?? '')) ?? [];
    const { range, authorization } = request.headers;
    const one = { method: request.method ?? '', path, revision, range, authorization };
    asked.push(one);
    const file = join(directory, path);
    if (path === '' || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const content = readFileSync(file);
    if (hub.fault?.(one, response, content) !== true) send(one, response, content);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const hub: StandInHub = { port: (server.address() as AddressInfo).port, asked, directory, fault: undefined };
  pointAt(`http://127.0.0.1:${hub.port}`);
  return hub;
}

/** As the hub does for a file that is there. */
export function send({ method, range }: Asked, response: ServerResponse, content: Buffer): void {
  const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const part = content.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    ...headersOf(content),
    'content-length': part.length,
    ...(start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
  });
  response.end(method === 'HEAD' ? undefined : part);
}

/** Large files have a SHA-256, small ones the id of a blob of Git. */
export function headersOf(content: Buffer): Record<string, string> {
  const isLarge = content.length > 100_000;
  const blob = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  const large = {
    'x-linked-size': String(content.length),
    'x-linked-etag': `"${createHash('sha256').update(content).digest('hex')}"`,
  };
  return { 'x-repo-commit': COMMIT, etag: `"${blob}"`, ...(isLarge ? large : {}) };
}

export function pointAt(endpoint: string): void {
  vi.stubEnv('HF_ENDPOINT', endpoint);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** Quick, so that what fails fails within a moment. */
export function askFor(fields: Partial<ModelRequest> = {}): ReturnType<typeof findModel> {
  const limits = { answerMs: 1000, stallMs: 150, attempts: 3, pauseMs: 1 };
  const cacheDir = fields.cacheDir ?? temporaryFolder();
  return findModel({ model: NAME, revision: 'main', dtype: 'fp32', offline: false, limits, ...fields, cacheDir });
}

function writeTiny(): string {
  const directory = join(temporaryFolder(), 'hub');
  writeTestModel(directory, TINY, ['fp32']);
  return directory;
}
