import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { RunRow } from '../../src/dashboard/wire.ts';
import { runHere } from '../cli/run-here.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { makeRun } from './made-run.ts';
import { served } from './served.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = temporaryFolder('dashboard-command');

describe('midiloom dashboard', () => {
  test('prints its address, answers there, and ends when it is asked to, also with a page open', async () => {
    await makeRun(join(folder, 'run'), { pairs: 10 });
    const child = spawn(process.execPath, [MAIN, 'dashboard', folder, '--port', '0', '--json', '--token']);
    const [printed] = await once(child.stdout, 'data');
    const { url, port, pid }: { url: string; port: number; pid: number } = JSON.parse(String(printed));
    expect(pid).toBe(child.pid);
    expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/\\?token=[\\w-]{32}$`));
    expect((await fetch(`http://127.0.0.1:${port}/api/runs`)).status).toBe(401);
    const page = await fetch(url);
    const cookie = page.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    const runs = (await (await fetch(`http://127.0.0.1:${port}/api/runs`, { headers })).json()) as readonly RunRow[];
    expect(runs.map(({ name }) => name)).toEqual(['run']);
    const events = await fetch(`http://127.0.0.1:${port}/api/events`, { headers });
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await events.text().catch(() => '');
  });

  test('takes no other port than the one that it is told', async () => {
    const { port } = await served({ paths: [folder] });
    const result = await runHere(['dashboard', folder, '--port', String(port)]);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/EADDRINUSE.*\[port_unusable\]/);
  });

  test('names a folder that is not there', async () => {
    const result = await runHere(['dashboard', join(folder, 'nowhere'), '--port', '0']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('[folder_unreadable]');
  });
});
