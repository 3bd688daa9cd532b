import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processPairs } from 'midiloom';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Foreseen, JobView } from '../../src/dashboard/wire.ts';
import { readRunStatus } from '../../src/operations/read-run-status.ts';
import { runHere } from '../cli/run-here.ts';
import { copyOf, smallRun, stopEarly } from '../cli/stopped-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Served, served } from './served.ts';

const SAMPLE = fileURLToPath(new URL('../../data/pairs.jsonl', import.meta.url));
const folder = temporaryFolder('dashboard-manage');
const runs = join(folder, 'runs');
let server: Served;
let copies = 0;

beforeAll(async () => {
  await stopEarly(SAMPLE, join(folder, 'stopped'));
  copyOf(join(folder, 'stopped'), folder, 'finished');
  await processPairs({ ...smallRun(SAMPLE, join(folder, 'finished')) });
  copyOf(join(folder, 'finished'), folder, 'damaged');
  const segments = join(folder, 'damaged', 'midi_checkpoint.d');
  const [first = ''] = readdirSync(segments);
  const bytes = readFileSync(join(segments, first));
  bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 0xff;
  writeFileSync(join(segments, first), bytes);
  copyOf(join(folder, 'finished'), runs, 'first');
  server = await served({ paths: [runs], manage: true });
});

/** Two copies of a run: one for the command, one for the page. */
async function twins(of: string): Promise<{ readonly typed: string; readonly clicked: string; readonly id: string }> {
  const number = ++copies;
  const typed = copyOf(join(folder, of), runs, `typed-${number}`);
  const clicked = copyOf(join(folder, of), runs, `clicked-${number}`);
  return { typed, clicked, id: await server.idOf(`clicked-${number}`) };
}

async function foresee(id: string, action: string, options: object): Promise<Foreseen> {
  const response = await server.post(`/api/runs/${id}/foresee/${action}`, { options });
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json() as Promise<Foreseen>;
}

/** Does something from the page, and waits until it is done. */
async function perform(id: string, action: string, options: object): Promise<JobView> {
  const response = await server.post(`/api/runs/${id}/actions/${action}`, { options, confirmed: true });
  expect(response.status, await response.clone().text()).toBe(202);
  const { id: job } = (await response.json()) as JobView;
  for (;;) {
    const found = (await server.json<readonly JobView[]>(`/api/runs/${id}/jobs`)).find((each) => each.id === job);
    if (found !== undefined && found.state !== 'going') return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Without what differs between two calls at two times in two places. */
function told(value: unknown, directory: string): unknown {
  const text = JSON.stringify(value, (key, item) =>
    /^(?:age_seconds|seconds|.*_ms|filesPerSecond|.*[sS]econds?|made_at|bytesWritten)$/.test(key) ? undefined : item,
  );
  return JSON.parse(text.replaceAll(JSON.stringify(directory).slice(1, -1), 'RUN'));
}

const ACTIONS: readonly {
  readonly action: string;
  readonly of: string;
  readonly options: object;
  /** The command, with RUN for the directory. */
  readonly command: string;
  readonly discards?: true;
}[] = [
  { action: 'validate', of: 'finished', options: {}, command: 'checkpoint validate RUN' },
  { action: 'validate', of: 'damaged', options: {}, command: 'checkpoint validate RUN' },
  { action: 'verify', of: 'finished', options: {}, command: 'verify RUN' },
  { action: 'retry', of: 'finished', options: {}, command: 'checkpoint retry RUN' },
  {
    action: 'retry',
    of: 'finished',
    options: { codes: ['midi_not_smf', 'missing_text'] },
    command: 'checkpoint retry RUN --code midi_not_smf --code missing_text',
  },
  { action: 'retry', of: 'finished', options: { indexes: ['19', '9'] }, command: 'checkpoint retry RUN --index 9,19' },
  { action: 'skip', of: 'stopped', options: { indexes: ['9', '40-42'] }, command: 'checkpoint skip RUN 9,40-42' },
  { action: 'reset', of: 'finished', options: {}, command: 'checkpoint reset RUN', discards: true },
  {
    action: 'reset',
    of: 'finished',
    options: { stage: 'text' },
    command: 'checkpoint reset RUN --stage text',
    discards: true,
  },
  {
    action: 'cleanup',
    of: 'stopped',
    options: { older_than: 0 },
    command: 'checkpoint cleanup RUN --older_than 0 --yes',
    discards: true,
  },
  {
    action: 'export_checkpoint',
    of: 'stopped',
    options: { name: 'both.json', stage: 'midi' },
    command: 'checkpoint export RUN RUN/export-both.json --stage midi',
  },
  {
    action: 'export',
    of: 'finished',
    options: { name: 'lines', to: 'jsonl', split: 'a=0.5,b=0.5', filter: 'n_notes>=50' },
    command: "export RUN --to jsonl --out RUN/exports/lines --split a=0.5,b=0.5 --filter 'n_notes>=50'",
  },
  {
    action: 'merge',
    of: 'finished',
    options: { split: 'train=0.9,test=0.1', filter: 'n_notes>=50', output_format: 'jsonl' },
    command: "process RUN --mode merge --output_format jsonl --split train=0.9,test=0.1 --filter 'n_notes>=50'",
    discards: true,
  },
  {
    action: 'merge',
    of: 'stopped',
    options: { save_partial: true },
    command: 'process RUN --mode merge --save_partial',
  },
];

describe('an action of the page', () => {
  test.each(ACTIONS)(
    'is what the command does: $command on a $of run',
    async ({ action, of, options, command, discards }) => {
      const { typed, clicked, id } = await twins(of);
      const foreseen = await foresee(id, action, options);
      expect(foreseen.command).toBe(`midiloom ${command.replaceAll('RUN', clicked)}`);
      expect(foreseen.will.join(' ').length).toBeGreaterThan(20);
      expect(foreseen.discards.length > 0).toBe(discards === true);
      const job = await perform(id, action, options);
      expect(job.error).toBeNull();
      expect(job.command).toBe(foreseen.command);
      const words = command
        .replaceAll('RUN', typed)
        .split(' ')
        .map((word) => word.replace(/^'(.*)'$/, '$1'));
      const result = await runHere([...words, '--json']);
      expect([0, 3, 5], result.stderr).toContain(result.code);
      if (action !== 'merge') expect(told(job.result, clicked)).toEqual(told(JSON.parse(result.stdout), typed));
      expect(filesOf(clicked)).toEqual(filesOf(typed));
      const [a, b] = await Promise.all([typed, clicked].map((run) => readRunStatus(run).catch(() => undefined)));
      expect(b?.pairs).toEqual(a?.pairs);
      expect(b?.failure_codes).toEqual(a?.failure_codes);
    },
  );

  test('takes back what it did: unskip', async () => {
    const { clicked, id } = await twins('stopped');
    await perform(id, 'skip', { indexes: ['9', '41'] });
    expect((await readRunStatus(clicked)).pairs.skipped).toBe(2);
    expect((await perform(id, 'unskip', { indexes: ['9', '41'] })).result).toEqual({ unskipped: [9, 41] });
    expect((await readRunStatus(clicked)).pairs.skipped).toBe(0);
  });

  test('says what a second retry takes the place of', async () => {
    const { id } = await twins('finished');
    await perform(id, 'retry', { codes: ['missing_text'] });
    expect((await foresee(id, 'retry', {})).discards.join()).toContain('code missing_text');
  });

  test('writes the report anew', async () => {
    const { clicked, id } = await twins('stopped');
    expect(existsSync(join(clicked, 'report.html'))).toBe(false);
    expect((await perform(id, 'report', {})).state).toBe('done');
    expect(existsSync(join(clicked, 'report.html'))).toBe(true);
  });
});

/** Names and, of data sets, contents. */
function filesOf(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('report.html'))
    .map((name) =>
      /(?:^|\/)(?:dataset|lines)\/.*\.(?:jsonl|parquet)$/.test(name)
        ? `${name} ${readFileSync(join(directory, name)).toString('base64').length}`
        : name,
    )
    .sort();
}

describe('what is asked for wrongly', () => {
  test.each([
    { action: 'retry', options: { codes: ['no_such_code'] }, code: 'code_not_found' },
    { action: 'retry', options: { indexes: ['x'] }, code: 'invalid_option' },
    { action: 'retry', options: { codes: 'midi_not_smf' }, code: 'invalid_option' },
    { action: 'skip', options: { indexes: ['0-99999999999'] }, code: 'invalid_option' },
    { action: 'skip', options: {}, code: 'invalid_option' },
    { action: 'export', options: { name: '../../outside', to: 'jsonl' }, code: 'invalid_option' },
    { action: 'export', options: { name: '/tmp/outside', to: 'jsonl' }, code: 'invalid_option' },
    { action: 'export', options: { name: 'fine', to: 'no such' }, code: 'invalid_option' },
    { action: 'export_checkpoint', options: { name: '.hidden' }, code: 'invalid_option' },
    { action: 'merge', options: { split: 'train=2' }, code: 'invalid_split' },
    { action: 'cleanup', options: {}, code: 'invalid_option' },
    { action: 'stop', options: {}, code: 'not_running' },
    { action: '__proto__', options: {}, code: 'no_action' },
  ])('is refused with a code, and nothing is changed: $action $options', async ({ action, options, code }) => {
    const id = await server.idOf('first');
    const before = filesOf(join(runs, 'first'));
    for (const how of ['foresee', 'actions']) {
      const response = await server.post(`/api/runs/${id}/${how}/${action}`, { options, confirmed: true });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(((await response.json()) as { error: { code: string } }).error.code).toBe(code);
    }
    expect(filesOf(join(runs, 'first'))).toEqual(before);
  });

  test('needs to be confirmed where something is discarded', async () => {
    const id = await server.idOf('first');
    for (const confirmed of [undefined, false, 'true', 1]) {
      const response = await server.post(`/api/runs/${id}/actions/reset`, { options: {}, confirmed });
      expect(response.status).toBe(409);
      expect(await response.text()).toContain('not_confirmed');
    }
  });

  test('is refused where the dashboard is for looking only', async () => {
    const looking = await served({ paths: [runs] });
    const response = await looking.post(`/api/runs/${await looking.idOf('first')}/actions/reset`, {
      options: {},
      confirmed: true,
    });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('not_managing');
  });

  test('is refused without the token, which managing always needs', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/api/runs`);
    expect(response.status).toBe(401);
  });
});
