import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fields, Malformed } from '../checkpoint/fields.ts';
import { ConfigError } from '../errors.ts';
import type { Prepared } from './actions/action.ts';
import { ACTIONS } from './actions/actions.ts';
import { RequestError } from './api-error.ts';
import type { Dashboard } from './dashboard.ts';
import { sendJson } from './responses.ts';
import type { KnownRun } from './run-registry.ts';

/** More than any options of ours. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * What the page asks to be done with a run: `foresee/ACTION` says what it would be, `actions/ACTION` begins it, `jobs/ID/stop` gives it
 * up. What discards something must be confirmed in the request itself.
 */
export async function manage(
  dashboard: Dashboard,
  run: KnownRun,
  [what, name = '', verb]: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!dashboard.manage) {
    throw new RequestError(
      403,
      'not_managing',
      'this dashboard is for looking only; begin it with --manage to change runs',
    );
  }
  if (what === 'jobs' && verb === 'stop' && /^\d{1,9}$/.test(name)) {
    dashboard.jobs.stop(run.id, Number(name));
    return sendJson(response, { stopping: true });
  }
  if ((what !== 'foresee' && what !== 'actions') || verb !== undefined)
    throw new RequestError(404, 'not_found', 'there is nothing here');
  const body = await bodyOf(request);
  const prepared = prepare(name, body);
  const foreseen = await prepared.foresee(run.files);
  if (what === 'foresee') return sendJson(response, foreseen);
  if (foreseen.discards.length > 0 && body.value('confirmed') !== true) {
    throw new RequestError(409, 'not_confirmed', `to be confirmed first: ${foreseen.discards.join(' ')}`);
  }
  sendJson(response, await dashboard.jobs.begin(run, name, prepared), 202);
}

/** @throws ConfigError as the command, RequestError 404. */
function prepare(name: string, body: Fields): Prepared {
  const action = ACTIONS.get(name);
  if (action === undefined) throw new RequestError(404, 'no_action', 'there is no such action');
  try {
    return action(body.object('options'));
  } catch (error) {
    if (error instanceof Malformed) throw new ConfigError('invalid_option', error.message);
    throw error;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES)
      throw new RequestError(413, 'too_large', `a request has at most ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  try {
    return new Fields(JSON.parse(Buffer.concat(chunks).toString('utf8')), 'the request');
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Malformed) {
      throw new RequestError(400, 'bad_body', 'the request is not a JSON object');
    }
    throw error;
  }
}
