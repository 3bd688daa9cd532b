import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processPairs } from 'midiloom';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FailurePage, PairDetail, PairPage, RunRow, RunView } from '../../src/dashboard/wire.ts';
import { pairStates } from '../../src/operations/pair-states.ts';
import { readRunStatus } from '../../src/operations/read-run-status.ts';
import { copyOf, smallRun, stopEarly } from '../cli/stopped-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Served, served } from './served.ts';

const SAMPLE = fileURLToPath(new URL('../../data/pairs.jsonl', import.meta.url));
const folder = temporaryFolder('dashboard');
const runs = join(folder, 'runs');
let server: Served;

beforeAll(async () => {
  await stopEarly(SAMPLE, join(runs, 'stopped'));
  copyOf(join(runs, 'stopped'), runs, 'finished');
  await processPairs({ ...smallRun(SAMPLE, join(runs, 'finished')) });
  server = await served({ paths: [runs] });
});

describe('the runs', () => {
  test('are those under the folders, with their states', async () => {
    const rows = await server.json<readonly RunRow[]>('/api/runs');
    expect(rows.map(({ name, status }) => [name, status])).toEqual([
      ['finished', 'completed'],
      ['stopped', 'interrupted'],
    ]);
  });

  test('are found also before their first save', async () => {
    mkdirSync(join(runs, 'young'));
    writeFileSync(join(runs, 'young', 'run.json'), readFileSync(join(runs, 'stopped', 'run.json')));
    const rows = await server.json<readonly RunRow[]>('/api/runs');
    expect(rows.find(({ name }) => name === 'young')).toMatchObject({ status: 'not_started', saved_at: null });
    rmSync(join(runs, 'young'), { recursive: true });
  });

  test.each(['stopped', 'finished'])('have the numbers that status has: %s', async (name) => {
    const view = await server.json<RunView>(`/api/runs/${await server.idOf(name)}`);
    const status = await readRunStatus(join(runs, name));
    expect(view.pairs).toEqual(status.pairs);
    expect(view.failure_codes).toEqual(status.failure_codes);
    expect(view.dataset).toBe(status.dataset);
    expect(view.run.status).toBe(status.status);
    expect(Object.values(view.timeline.stages).flat().length).toBeGreaterThan(0);
    expect(view.sessions).toHaveLength(name === 'stopped' ? 1 : 2);
  });
});

describe('the pairs', () => {
  test.each(['stopped', 'finished'])('have the states that status --pairs has: %s', async (name) => {
    const id = await server.idOf(name);
    const page = await server.json<PairPage>(`/api/runs/${id}/pairs?limit=200`);
    const expected = [];
    for await (const pair of pairStates(join(runs, name))) expected.push(pair);
    expect(page.pairs.map(({ index, state, midi, text }) => ({ index, state, midi, text }))).toEqual(expected);
    expect(page.total).toBe(expected.length);
    for (const state of ['failed', 'completed', 'pending'] as const) {
      const some = await server.json<PairPage>(`/api/runs/${id}/pairs?state=${state}&from=1&limit=3`);
      const of = expected.filter((pair) => pair.state === state);
      expect(some.total).toBe(of.length);
      expect(some.pairs.map(({ index }) => index)).toEqual(of.slice(1, 4).map(({ index }) => index));
    }
  });

  test('have caption, file and tokens where these are known', async () => {
    const { pairs } = await server.json<PairPage>(`/api/runs/${await server.idOf('finished')}/pairs?limit=10`);
    expect(pairs[3]).toMatchObject({ midi_file: 'midi/canon-over-a-ground.mid' });
    expect(pairs[3]?.caption).toMatch(/^Three violins/);
    expect(pairs[3]?.tokens).toBeGreaterThan(100);
    expect(pairs[9]).toMatchObject({ state: 'failed', tokens: null, midi: { code: 'midi_truncated_header' } });
  });

  test('have the card of the report, and the line of the manifest', async () => {
    const id = await server.idOf('finished');
    const detail = await server.json<PairDetail>(`/api/runs/${id}/pairs/3`);
    const report = readFileSync(join(runs, 'finished', 'report.html'), 'utf8');
    const card = detail.card?.markup ?? 'none';
    const withoutSplit = (text: string): string => text.replaceAll(/<li>(?:train|validation|test)<\/li>/g, '');
    expect(withoutSplit(report)).toContain(withoutSplit(card));
    expect(detail.card?.play?.notes.length).toBeGreaterThan(100);
    expect(detail.manifest).toContain('canon-over-a-ground');
    expect((await server.ask(`/api/runs/${id}/pairs/53`)).status).toBe(404);
  });

  test('that failed are listed by code, with their messages', async () => {
    const id = await server.idOf('finished');
    const page = await server.json<FailurePage>(`/api/runs/${id}/failures?code=midi_not_smf`);
    expect(page).toMatchObject({
      has_more: false,
      failures: [
        { index: 19, stage: 'midi', error: 'no MThd in a file of 54 bytes', midi_file: 'midi/bad-text-file.mid' },
      ],
    });
    const none = await server.json<FailurePage>(`/api/runs/${id}/failures?code=%3Cscript%3E`);
    expect(none.failures).toEqual([]);
  });
});

describe('what is readable', () => {
  test('is nothing outside the runs, whatever is asked for', async () => {
    const id = await server.idOf('finished');
    const paths = [
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/dashboard.js/../../package.json',
      '/package.json',
      '/api/runs/..%2f..%2fetc',
      `/api/runs/${id}/../../../etc/passwd`,
      `/api/runs/${id}/report/..%2f..%2f..%2fetc%2fpasswd`,
      `/api/runs/${id}/log?file=/etc/passwd`,
      `/api/runs/${encodeURIComponent(runs)}`,
      '/api/runs/__proto__',
      '/__proto__',
      '/constructor',
      '//etc/passwd',
    ];
    for (const path of paths) {
      const response = await server.ask(path);
      const text = await response.text();
      expect(text, path).not.toMatch(/root:|"dependencies"/);
      expect([200, 400, 404], path).toContain(response.status);
      if (!path.includes('/log')) expect(response.status, path).not.toBe(200);
    }
  });

  test('is no link that was put into a run directory', async () => {
    const id = await server.idOf('stopped');
    const secret = join(folder, 'secret.txt');
    writeFileSync(secret, 'a secret\n');
    for (const name of ['report.html', 'x.log']) symlinkSync(secret, join(runs, 'stopped', name));
    expect(await (await server.ask(`/api/runs/${id}/report`)).text()).not.toContain('a secret');
    expect(await server.json(`/api/runs/${id}/log`)).toBeNull();
    for (const name of ['report.html', 'x.log']) rmSync(join(runs, 'stopped', name));
  });

  test('comes with a policy that lets nothing run but the files of the page', async () => {
    for (const path of ['/', '/api/runs', '/api/runs/none', '/dashboard.js']) {
      const policy = (await server.ask(path)).headers.get('content-security-policy') ?? '';
      expect(policy, path).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/);
      expect(policy, path).not.toContain('unsafe');
    }
    const report = await server.ask(`/api/runs/${await server.idOf('finished')}/report`);
    expect(report.headers.get('content-security-policy')).toMatch(/^sandbox allow-scripts; default-src 'none'/);
    expect(await (await server.ask('/')).text()).not.toMatch(/<script>|style="| on[a-z]+=/);
  });
});
