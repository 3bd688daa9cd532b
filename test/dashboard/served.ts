import { afterAll } from 'vitest';
import { type DashboardOptions, type ServedDashboard, serveDashboard } from '../../src/dashboard/serve-dashboard.ts';
import type { RunRow } from '../../src/dashboard/wire.ts';

export interface Served extends ServedDashboard {
  /** What the server says to a request with the token, if it has one. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  readonly json: <Value>(path: string) => Promise<Value>;
  readonly post: (path: string, body: object) => Promise<Response>;
  /** The id of the run with this name. */
  readonly idOf: (name: string) => Promise<string>;
}

/** A dashboard in this process, closed with the test file. */
export async function served(options: DashboardOptions): Promise<Served> {
  const dashboard = await serveDashboard(options);
  afterAll(() => dashboard.close());
  const base = `http://127.0.0.1:${dashboard.port}`;
  const token: Record<string, string> =
    dashboard.token === undefined ? {} : { authorization: `Bearer ${dashboard.token}` };
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${base}${path}`, { ...init, headers: { ...token, ...init.headers } });
  const json = async <Value>(path: string): Promise<Value> => {
    const response = await ask(path);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<Value>;
  };
  return {
    ...dashboard,
    ask,
    json,
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-midiloom': 'test' },
        body: JSON.stringify(body),
      }),
    idOf: async (name) => {
      const found = (await json<readonly RunRow[]>('/api/runs')).find((run) => run.name === name);
      if (found === undefined) throw new Error(`no run is called ${name}`);
      return found.id;
    },
  };
}
