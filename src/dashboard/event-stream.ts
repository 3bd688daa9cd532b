import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestError } from './api-error.ts';
import type { Dashboard } from './dashboard.ts';
import type { WatchEvent } from './run-watch.ts';

/** More pages than people keep open. */
const MAX_STREAMS = 64;
const QUIET_MS = 15_000;
/** A page that does not take what it is sent is left; it comes again by itself, and asks for everything anew. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** How long a page waits before it comes again. */
const RETRY_MS = 2000;

const streams = new WeakMap<Dashboard, number>();

/** Sends events of all runs, or of one, until the page is closed. */
export function streamEvents(
  dashboard: Dashboard,
  run: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const open = streams.get(dashboard) ?? 0;
  if (open >= MAX_STREAMS) throw new RequestError(503, 'too_many_pages', `${open} pages are open; close some`);
  if (run !== null) dashboard.find(run);
  streams.set(dashboard, open + 1);
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
  const send = (text: string): void => {
    if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
    else response.write(text);
  };
  send(`retry: ${RETRY_MS}\nevent: hello\ndata: {}\n\n`);
  const quiet = setInterval(() => send(': \n\n'), QUIET_MS);
  const unsubscribe = dashboard.watch.subscribe((event) => {
    if (run === null || runOf(event) === run) send(`event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`);
  });
  const end = (): void => void response.destroy();
  dashboard.closing.addEventListener('abort', end);
  request.once('close', () => {
    clearInterval(quiet);
    unsubscribe();
    dashboard.closing.removeEventListener('abort', end);
    streams.set(dashboard, (streams.get(dashboard) ?? 1) - 1);
  });
}

function runOf(event: WatchEvent): string {
  return event.name === 'job' ? event.data.run : event.data.id;
}
