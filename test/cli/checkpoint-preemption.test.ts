import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { silent } from '../../src/log.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { RunningCli } from '../robustness/running-cli.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { json, runHere } from './run-here.ts';
import { processArguments } from './stopped-run.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = temporaryFolder('preemption');
cpSync(dirname(SAMPLE), folder, { recursive: true });

/** Enough pairs that no machine is through with them before it is asked to stop. */
const many = join(folder, 'many.jsonl');
writeFileSync(many, readFileSync(SAMPLE, 'utf8').trimEnd().concat('\n').repeat(200));

/** Sends a signal when the program has said something, and waits for its end. */
function signalled(args: readonly string[], when: RegExp, signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  let isSent = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (isSent || !when.test(stderr)) return;
    isSent = true;
    child.kill(signal);
  });
  return new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stderr }));
  });
}

/** A run that says each save, so that a test knows where it is. */
function telling(run: string, ...more: string[]): string[] {
  return processArguments(many, run, '--progress_interval', '0', ...more);
}

async function lastSession(run: string): Promise<unknown> {
  const { stdout } = await runHere(['checkpoint', 'show', '--output_dir', run, '--json']);
  const { sessions }: { sessions: unknown[] } = JSON.parse(stdout);
  return sessions.at(-1);
}

describe('a run that is preempted', () => {
  it.each([
    ['SIGUSR1', 3],
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('saves and stops at %s with exit %i, and the next one says so', async (signal, code) => {
    const run = join(folder, signal);
    const stopped = await signalled(telling(run), /midi: \d+/, signal);
    expect([stopped.code, stopped.stderr]).toEqual([code, expect.stringContaining(`${signal} received: finishing`)]);
    expect(await lastSession(run)).toMatchObject({ status: 'interrupted', reason: signal });
    const again = await signalled(processArguments(many, run), /found/, 'SIGKILL');
    expect(again.stderr).toMatch(
      new RegExp(
        `found MIDI [\\d,]+/10,600, text [\\d,]+/10,600, [\\d,]+ failed, last saved \\d+ s ago, stopped by ${signal}`,
      ),
    );
    expect(await json('checkpoint', 'validate', '--output_dir', run)).toMatchObject({ valid: true });
  });

  it('is not hurried by a second SIGHUP, and pays no heed to one under nohup', async () => {
    const run = new RunningCli(telling(join(folder, 'hang-ups')));
    await run.saying(/midi: \d+/);
    run.child.kill('SIGHUP');
    await run.saying(/SIGHUP received/);
    for (let again = 0; again < 3; again++) run.child.kill('SIGHUP');
    const { code, signal } = await run.ended;
    expect([code, signal]).toEqual([129, null]);
    expect(await lastSession(join(folder, 'hang-ups'))).toMatchObject({ status: 'interrupted', reason: 'SIGHUP' });
    const few = processArguments(SAMPLE, join(folder, 'nohup'), '--progress_interval', '0');
    const kept = new RunningCli(few, { env: { _: '/usr/bin/nohup' } });
    await kept.saying(/midi: \d+/);
    kept.child.kill('SIGHUP');
    expect(await kept.ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('SIGHUP') });
  });

  it('says that it was killed, when it was', async () => {
    const run = join(folder, 'SIGUSR1');
    await signalled(telling(run), /midi: \d+/, 'SIGKILL');
    const again = await signalled(processArguments(many, run), /found/, 'SIGKILL');
    expect(again.stderr).toContain('stopped by SIGKILL, a crash or a power cut');
  });

  it('is ended where it is when the grace is over', async () => {
    const run = join(folder, 'grace');
    const stopped = await signalled(telling(run, '--grace', '0'), /midi: \d+/, 'SIGTERM');
    expect(stopped.code).toBe(143);
    expect(await json('checkpoint', 'validate', '--output_dir', run)).toMatchObject({ valid: true });
  });

  it('stops by itself before --max_runtime is over, and exits 3', async () => {
    const run = join(folder, 'limit');
    const result = await runHere(processArguments(many, run, '--max_runtime', '25', '--grace', '20'));
    expect([result.code, result.stderr]).toEqual([3, expect.stringContaining('The time is nearly over')]);
    expect(await lastSession(run)).toMatchObject({ reason: 'max_runtime' });
  });

  it('refuses a limit that is no number', async () => {
    const result = await runHere(processArguments(SAMPLE, join(folder, 'limits'), '--max_runtime', 'soon'));
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('--max_runtime: "soon"')]);
  });
});

describe('the log', () => {
  it('is JSON lines in a file and tells of saves, validations, the lock and changes of state', async () => {
    const run = join(folder, 'log');
    const file = join(folder, 'run.log');
    const args = processArguments(SAMPLE, run, '--log_level', 'debug', '--log_file', file);
    const first = await runHere(args);
    const second = await runHere(args, { env: { MIDILOOM_CHECKPOINT_INTERVAL: '7' } });
    expect([first.code, second.code]).toEqual([0, 0]);
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line): { message: string; level: string } => JSON.parse(line));
    expect(new Set(lines.map(({ message }) => message))).toEqual(
      new Set([
        'lock taken',
        'inputs checked',
        'planned',
        'saved',
        'checkpoint saved',
        'state changed',
        'checkpoint loaded',
        'segments validated by their headers',
        'lock released',
      ]),
    );
  });

  it('that cannot be written is refused before anything is done', async () => {
    const result = await runHere(processArguments(SAMPLE, join(folder, 'nowhere'), '--log_file', folder));
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('log_unwritable')]);
  });
});

describe('the lock', () => {
  it('is waited for as long as MIDILOOM_LOCK_TIMEOUT says', async () => {
    const run = join(folder, 'waiting');
    const lock = await acquireRunLock(run, silent);
    expect(await runHere(processArguments(SAMPLE, run))).toMatchObject({ code: 4 });
    const waiting = new RunningCli(processArguments(SAMPLE, run), { env: { MIDILOOM_LOCK_TIMEOUT: '60' } });
    await waiting.saying(/waiting up to/);
    await lock.release();
    const result = await waiting.ended;
    expect(result).toMatchObject({ code: 0 });
    const said = `waiting up to 60 s for the run that holds the directory (process ${process.pid}, `;
    expect(result.stderr.split(said)).toHaveLength(2);
  });
});
