import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PairPage, RunRow, RunView } from '../../src/dashboard/wire.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { makeRun } from './made-run.ts';
import { type Served, served } from './served.ts';

const folder = temporaryFolder('dashboard-attacks');
const runs = join(folder, 'runs');
let server: Served;
let id: string;

beforeAll(async () => {
  await makeRun(join(runs, 'one'), { pairs: 300, interval: 100 });
  writeFileSync(join(folder, 'secret.txt'), 'top secret\n');
  server = await served({ paths: [runs] });
  id = await server.idOf('one');
});

/** Sends bytes as they are, which no client of HTTP would. */
async function send(bytes: string, port = server.port): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('error', () => {});
  socket.write(bytes);
  const timer = setTimeout(() => socket.destroy(), 1500);
  await once(socket, 'close');
  clearTimeout(timer);
  return answer;
}

function request(path: string, head = 'Host: localhost', method = 'GET'): string {
  return `${method} ${path} HTTP/1.1\r\n${head}\r\nConnection: close\r\n\r\n`;
}

describe('an address', () => {
  test.each([
    '/../../../../../../etc/passwd',
    '/..%2f..%2f..%2fetc/passwd',
    '/api/runs/../../etc/passwd',
    '/dashboard.js/../../../package.json',
    '/./../secret.txt',
    '//secret.txt',
    '/api/runs/ID/report/../../../../secret.txt',
    '/api/runs/ID/card?file=../../../secret.txt',
    '/api/runs/ID/log?after=0&name=../../secret.txt',
    '/api/runs/ID/pairs/..%2f..',
    '/api/runs/ID/pairs/1e3',
    '/api/runs/%00',
    '/api/runs/ID%00/report',
    'http://localhost/secret.txt',
    '*',
  ])('that leads elsewhere leads nowhere: %s', async (path) => {
    const answer = await send(request(path.replace('ID', id)));
    expect(answer).not.toMatch(/top secret|root:|"dependencies"/);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:200|400|403|404|421)/);
    if (!path.includes('/log')) expect(answer).not.toMatch(/^HTTP\/1\.1 200/);
  });

  test.each(['pairs?from=-1', 'pairs?from=1e9', 'pairs?limit=x', 'log?after=99999999999999999999', 'pairs?from=0x10'])(
    'with no number where one is due is refused: %s',
    async (path) => {
      expect((await server.ask(`/api/runs/${id}/${path}`)).status).toBe(400);
    },
  );

  test('with numbers beyond the end has nothing, and with a large limit a page', async () => {
    const beyond = await server.json<PairPage>(`/api/runs/${id}/pairs?from=999999&limit=10`);
    expect(beyond).toMatchObject({ total: 300, pairs: [] });
    const all = await server.json<PairPage>(`/api/runs/${id}/pairs?limit=1000000`);
    expect(all.pairs).toHaveLength(200);
  });
});

describe('a request', () => {
  test('by another name is refused before anything is looked at', async () => {
    for (const head of ['Host: evil.example', 'Host: localhost.evil.example', 'Host: evil.example:80', 'X: y']) {
      expect(await send(request('/api/runs', head)), head).toMatch(/^HTTP\/1\.1 4(?:00|21)/);
    }
  });

  test('of another site is refused, of a form too', async () => {
    const form = 'Host: localhost\r\nOrigin: https://evil.example\r\nContent-Type: text/plain\r\nContent-Length: 0';
    expect(await send(request(`/api/runs/${id}/actions/reset`, form, 'POST'))).toMatch(/^HTTP\/1\.1 403/);
    expect(await send(request('/api/events', 'Host: localhost\r\nOrigin: null'))).toMatch(/^HTTP\/1\.1 403/);
  });

  test('that is too large, or no JSON, is refused', async () => {
    const managing = await served({ paths: [runs], manage: true });
    const ask = (body: string): Promise<Response> =>
      managing.ask(`/api/runs/${id}/foresee/validate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-midiloom': '1' },
        body,
      });
    expect((await ask('{')).status).toBe(400);
    expect((await ask('[]')).status).toBe(400);
    expect((await ask('{"options": []}')).status).toBe(400);
    expect((await ask(`{"options": {"a": "${'x'.repeat(100_000)}"}}`)).status).toBe(413);
    expect((await ask('{"options": {}, "__proto__": {"manage": true}}')).status).toBe(200);
  });

  test('of many pages at once is bounded', async () => {
    const controllers = Array.from({ length: 66 }, () => new AbortController());
    const answers = await Promise.all(controllers.map(({ signal }) => server.ask('/api/events', { signal })));
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(2);
    for (const controller of controllers) controller.abort();
  });
});

describe('a run directory', () => {
  test('of which nothing makes sense is a line that says so', async () => {
    const broken = join(runs, 'broken');
    mkdirSync(broken);
    for (const name of [
      'midi_checkpoint.json',
      'text_checkpoint.json',
      'run.json',
      'sessions.jsonl',
      'metrics.jsonl',
    ]) {
      writeFileSync(join(broken, name), '\u0000{"not": json');
    }
    const row = (await server.json<readonly RunRow[]>('/api/runs')).find(({ name }) => name === 'broken');
    expect(row?.status).toBe('invalid');
    const view = await server.json<RunView>(`/api/runs/${row?.id}`);
    expect(view).toMatchObject({ pairs: null, sessions: [], options: [] });
    expect((await server.ask(`/api/runs/${row?.id}/pairs`)).status).toBe(409);
  });

  test('whose files are links shows nothing of where they lead', async () => {
    const linked = join(runs, 'linked');
    mkdirSync(linked);
    symlinkSync(join(runs, 'one', 'midi_checkpoint.json'), join(linked, 'midi_checkpoint.json'));
    for (const name of ['report.html', 'log.jsonl', 'metrics.jsonl', 'sessions.jsonl'])
      symlinkSync(join(folder, 'secret.txt'), join(linked, name));
    writeFileSync(join(linked, 'run.json'), '{}');
    const row = (await server.json<readonly RunRow[]>('/api/runs')).find(({ name }) => name === 'linked');
    for (const place of ['', '/report', '/log', '/pairs']) {
      expect(await (await server.ask(`/api/runs/${row?.id}${place}`)).text(), place).not.toContain('top secret');
    }
  });

  test('is left as it is by all that may be looked at', async () => {
    const before = filesOf(join(runs, 'one'));
    for (const place of [
      '',
      '/pairs',
      '/pairs?state=failed',
      '/pairs/7',
      '/failures?code=midi_file_not_found',
      '/log',
      '/report',
      '/card',
      '/jobs',
    ]) {
      await (await server.ask(`/api/runs/${id}${place}`)).text();
    }
    expect(filesOf(join(runs, 'one'))).toEqual(before);
  });
});

/** Every file with its times and content. */
function filesOf(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => {
    const { mtimeMs, ctimeMs, size } = statSync(join(directory, name));
    const content = statSync(join(directory, name)).isFile()
      ? readFileSync(join(directory, name)).toString('base64')
      : '';
    return `${name} ${mtimeMs} ${ctimeMs} ${size} ${content}`;
  });
}
