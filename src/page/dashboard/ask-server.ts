import type { DashboardEvents } from '../../dashboard/wire.ts';

/** What the server answers where it does not do what it is asked. */
export class ServerError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Asks for something that a type of the server's describes; both are of one version. */
export async function ask<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return answerOf(await fetch(`/api/${path}`, signal === undefined ? {} : { signal }));
}

/** Asks for something that changes a run, or says how it would. */
export async function send<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', 'X-Midiloom': 'dashboard' };
  return answerOf(await fetch(`/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const value = await response.json();
  if (response.ok) return value;
  const { code = 'unexpected', message = response.statusText } = value?.error ?? {};
  throw new ServerError(response.status, code, message);
}

export type EventListener = <Name extends keyof DashboardEvents>(name: Name, data: DashboardEvents[Name]) => void;

/**
 * Listens to what becomes of all runs, or of one, until the returned function is called. The browser comes again by itself when
 * the server was away; `onState` is told of both.
 */
export function listen(
  run: string | undefined,
  onEvent: EventListener,
  onState: (isOpen: boolean) => void,
): () => void {
  const source = new EventSource(`/api/events${run === undefined ? '' : `?run=${run}`}`);
  source.addEventListener('hello', () => onState(true));
  source.addEventListener('error', () => onState(false));
  for (const name of ['run', 'gone', 'job'] as const) {
    source.addEventListener(name, ({ data }) => onEvent(name, JSON.parse(data)));
  }
  return () => source.close();
}
