import type { IncomingMessage, ServerResponse } from 'node:http';
import { ownPackage } from '../config/own-package.ts';
import { PAIR_STATES } from '../operations/pair-state.ts';
import { RequestError } from './api-error.ts';
import { assets } from './assets.ts';
import type { Dashboard } from './dashboard.ts';
import { streamEvents } from './event-stream.ts';
import { manage } from './manage.ts';
import { pairDetail } from './pair-detail.ts';
import { sendJson } from './responses.ts';
import { sendCard, sendReport } from './run-files.ts';
import { readLog } from './run-log.ts';
import type { KnownRun } from './run-registry.ts';
import { runView } from './run-view.ts';
import type { Hello } from './wire.ts';

/** Answers a request that may be answered. */
export async function answer(
  dashboard: Dashboard,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts = url.pathname.split('/').slice(1);
  const isRead = request.method !== 'POST';
  if (isRead && (await assets(url.pathname, request, response))) return;
  if (parts[0] !== 'api') throw notFound();
  if (isRead && parts.length === 2) {
    switch (parts[1]) {
      case 'hello':
        return sendJson(response, { version: ownPackage().version, manage: dashboard.manage } satisfies Hello);
      case 'runs':
        return sendJson(response, await dashboard.watch.rows());
      case 'events':
        return streamEvents(dashboard, url.searchParams.get('run'), request, response);
    }
  }
  if (parts[1] !== 'runs') throw notFound();
  const run = dashboard.find(parts[2] ?? '');
  if (isRead) return answerOfRun(dashboard, run, { parts: parts.slice(3), query: url.searchParams }, response);
  return manage(dashboard, run, parts.slice(3), request, response);
}

interface AskedOfRun {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

async function answerOfRun(
  dashboard: Dashboard,
  run: KnownRun,
  { parts: [what, ...rest], query }: AskedOfRun,
  response: ServerResponse,
): Promise<void> {
  const followed = dashboard.follow(run);
  if (what === undefined) return sendJson(response, await runView(followed, await dashboard.watch.row(run)));
  if (rest.length > (what === 'pairs' ? 1 : 0)) throw notFound();
  switch (what) {
    case 'pairs':
      return answerOfPairs(dashboard, run, rest[0], query, response);
    case 'failures': {
      const code = query.get('code') ?? '';
      const from = numberIn(query, 'from') ?? 0;
      return sendJson(response, await dashboard.pairsOf(run).failures({ code, from, limit: limitIn(query) }));
    }
    case 'jobs':
      return sendJson(response, dashboard.jobs.of(run.id));
    case 'report':
      return sendReport(run, response);
    case 'card':
      return sendCard(run, response);
    case 'log':
      return sendJson(response, (await readLog(run.files.directory, numberIn(query, 'after'))) ?? null);
  }
  throw notFound();
}

async function answerOfPairs(
  dashboard: Dashboard,
  run: KnownRun,
  place: string | undefined,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const pairs = dashboard.pairsOf(run);
  if (place === undefined) {
    const state = PAIR_STATES.find((name) => name === query.get('state'));
    return sendJson(response, await pairs.page({ state, from: numberIn(query, 'from') ?? 0, limit: limitIn(query) }));
  }
  const picked = /^\d{1,10}$/.test(place) ? await pairs.one(Number(place)) : undefined;
  if (picked === undefined) throw new RequestError(404, 'no_pair', 'there is no such pair');
  sendJson(response, await pairDetail(picked));
}

/** Rows of an answer. */
const MAX_LIMIT = 200;

function limitIn(query: URLSearchParams): number {
  return Math.min(numberIn(query, 'limit') ?? 100, MAX_LIMIT);
}

/** @throws RequestError 400 where it is no whole number. */
function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new RequestError(400, 'bad_query', `${name} is not a whole number`);
  return Number(text);
}

function notFound(): RequestError {
  return new RequestError(404, 'not_found', 'there is nothing here');
}
