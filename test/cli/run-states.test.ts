import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { type ProcessOptions, processPairs } from 'midiloom';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LOCK_FILE } from '../../src/checkpoint/lock-file.ts';
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { silent } from '../../src/log.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { json, runHere } from './run-here.ts';
import { copyOf, processArguments, smallRun, stopEarly } from './stopped-run.ts';

const folder = temporaryFolder('run-states');
const finished = join(folder, 'finished');
const stopped = join(folder, 'stopped');

beforeAll(async () => {
  await processPairs(smallRun(SAMPLE, finished));
  await stopEarly(SAMPLE, stopped);
});

const fresh = (from: string, name: string): string => copyOf(from, folder, name);

/** The state as each command says it. */
async function everywhere(run: string): Promise<unknown> {
  const status = await json('status', run);
  const [listed] = (await json('checkpoint', 'list', run)) as { status: string; reason: string | null }[];
  const shown = await json('checkpoint', 'show', run);
  for (const other of [listed, shown]) expect(other).toMatchObject(pick(status));
  const { stdout } = await runHere(['status', run]);
  const { status: name, reason } = pick(status);
  expect(stdout.startsWith(reason === null ? name : `${name} (${reason})`)).toBe(true);
  return status;
}

function pick(status: unknown): { readonly status: string; readonly reason: string | null } {
  const { status: name, reason } = status as { readonly status: string; readonly reason: string | null };
  return { status: name, reason };
}

describe('the state of a run', () => {
  it('is completed only where the data set is there', async () => {
    expect(await everywhere(fresh(finished, 'completed'))).toMatchObject({
      status: 'completed',
      reason: null,
      dataset: 'complete',
      pairs: { total: 53, completed: 49, failed: 4, skipped: 0, foreign: 0, pending: 0 },
    });
    const without = fresh(finished, 'without-dataset');
    rmSync(join(without, 'dataset'), { recursive: true });
    expect(await everywhere(without)).toMatchObject({
      status: 'interrupted',
      reason: expect.stringContaining('--mode merge'),
      dataset: 'absent',
    });
  });

  it('is interrupted where the merge was stopped, and where pairs are to be tried again', async () => {
    const run = join(folder, 'merging');
    const stop = new AbortController();
    const done = new Set<string>();
    await processPairs(smallRun(SAMPLE, run), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type !== 'saved' || event.progress.saved < event.progress.total) return;
        if (done.add(event.stage).size === 2) stop.abort(new Error('SIGTERM'));
      },
    });
    expect(await everywhere(run)).toMatchObject({
      status: 'interrupted',
      reason: 'SIGTERM',
      stages: { midi: { status: 'completed' }, text: { status: 'completed' } },
    });
    const again = fresh(finished, 'again');
    await runHere(['checkpoint', 'retry', again]);
    expect(await everywhere(again)).toMatchObject({
      status: 'interrupted',
      reason: 'pairs are to be tried again',
      pairs: { failed: 0, pending: 4 },
      failure_codes: {},
    });
  });

  it('is in progress only while somebody works on it', async () => {
    const run = fresh(stopped, 'live');
    const lock = await acquireRunLock(run, silent);
    expect(await everywhere(run)).toMatchObject({ status: 'in_progress', running: { pid: process.pid } });
    await lock.release();
    expect(await everywhere(run)).toMatchObject({
      status: 'interrupted',
      running: null,
      stages: { midi: { status: 'interrupted' } },
    });
  });

  it('is waiting while the lock of its second place is waited for', async () => {
    const [run, place] = [fresh(stopped, 'waits'), join(folder, 'place')];
    const lock = await acquireRunLock(place, silent);
    const ended = processPairs({ ...smallRun(SAMPLE, run), backupDir: place, lockTimeout: 60 });
    await vi.waitFor(async () => expect(await json('status', run)).toMatchObject({ status: 'waiting' }), 20_000);
    expect(await everywhere(run)).toMatchObject({
      reason: 'another run uses its second place',
      running: { pid: process.pid },
      waiting: [{ pid: process.pid }],
    });
    expect((await runHere(['status', run])).stdout).toContain(
      `process ${process.pid} on ${hostname()} waits for a lock`,
    );
    await lock.release();
    await ended;
    expect(await everywhere(run)).toMatchObject({ status: 'completed', waiting: [] });
  });

  it('stays in progress where another process waits for it to end', async () => {
    const run = fresh(stopped, 'wanted');
    const lock = await acquireRunLock(run, silent);
    const mark = `${LOCK_FILE}.waiting-other`;
    const other = { ...JSON.parse(readFileSync(join(run, LOCK_FILE), 'utf8')), pid: process.ppid, start_time: '' };
    const [, start] = /\) \S+ (?:\S+ ){18}(\d+)/.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8')) ?? [];
    writeFileSync(join(run, mark), JSON.stringify({ ...other, start_time: start }));
    const found = { waiting: [{ pid: process.ppid }] };
    expect(await everywhere(run)).toMatchObject({ ...found, status: 'in_progress', running: { pid: process.pid } });
    await lock.release();
    expect(await everywhere(run)).toMatchObject({ ...found, status: 'waiting', running: null });
    rmSync(join(run, mark));
    expect(await everywhere(run)).toMatchObject({ status: 'interrupted', waiting: [] });
  });

  it('tells a kill, which leaves no last word', async () => {
    const run = fresh(stopped, 'killed');
    const sessions = join(run, 'sessions.jsonl');
    const [began = ''] = readFileSync(sessions, 'utf8').split('\n');
    writeFileSync(sessions, `${began}\n`);
    expect(await everywhere(run)).toMatchObject({
      status: 'interrupted',
      reason: 'SIGKILL, a crash or a power cut',
    });
  });

  it('is failed, with the error, where one ended it', async () => {
    const input = join(folder, 'changing');
    cpSync(dirname(SAMPLE), input, { recursive: true });
    const manifest = join(input, 'pairs.jsonl');
    const whole = readFileSync(manifest, 'utf8').repeat(20);
    writeFileSync(manifest, whole);
    const run = join(folder, 'failed');
    const broken = processPairs(
      { ...smallRun(manifest, run), batchSize: 32 },
      { onEvent: ({ type }) => type === 'saved' && writeFileSync(manifest, whole.replaceAll('"', "'")) },
    );
    await expect(broken).rejects.toMatchObject({ code: 'manifest_changed' });
    expect(await everywhere(run)).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^error manifest_changed: .*pairs\.jsonl/),
    });
  });

  it('is not_started where nothing was done', async () => {
    const run = join(folder, 'nothing');
    mkdirSync(run);
    expect(await json('status', run)).toMatchObject({ status: 'not_started', reason: null, dataset: 'absent' });
  });
});

describe('skipped pairs, and those of another program', () => {
  it('are neither failed nor counted so: in status, in the summary, by --max_failed', async () => {
    const run = fresh(stopped, 'apart');
    expect(await json('checkpoint', 'skip', run, '40-45')).toMatchObject({ skipped: [40, 41, 42, 43, 44, 45] });
    const legacy = join(folder, 'legacy.json');
    writeFileSync(legacy, '{"last_processed_idx": 39}');
    const args = ['process', run, '--processing_checkpoint', legacy];
    const result = await runHere([...args, '--max_failed', '4']);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const { pairs, failure_codes: codes } = (await json('status', run)) as {
      pairs: Record<string, number>;
      failure_codes: Record<string, number>;
    };
    expect(pairs).toMatchObject({ total: 53, skipped: 6, pending: 0 });
    expect(pairs.foreign).toBeGreaterThan(5);
    const { completed = 0, failed = 0, skipped = 0, foreign = 0 } = pairs;
    expect(completed + failed + skipped + foreign).toBe(53);
    expect(Object.keys(codes)).not.toContain('skipped');
    expect(result.stdout).toContain(
      `  pairs    53: ${completed} complete, ${failed} failed, 6 skipped, ${foreign} of another program\n`,
    );
    const states = (await runHere(['status', run, '--pairs', 'foreign'])).stdout.trim().split('\n');
    expect(states).toHaveLength(foreign);
    expect((await runHere(['status', run, '--pairs', 'failed'])).stdout.trim().split('\n')).toHaveLength(failed);
  });
});

describe('the summary of a run', () => {
  it('says why the exit is 3: too many failures, and nothing but failures', async () => {
    const many = await runHere(processArguments(SAMPLE, join(folder, 'many'), '--max_failed', '3'));
    expect(many.code).toBe(3);
    expect(many.stdout).toMatch(/^Complete after .*, but 4 pairs failed, more than --max_failed 3 \(exit 3\)\./);
    expect(many.stdout).toMatch(/\n {2}failed {3}[a-z_]+ \d/);

    const manifest = join(folder, 'no-midi.jsonl');
    writeFileSync(join(folder, 'no.mid'), 'no MIDI at all');
    writeFileSync(manifest, '{"midi_file": "no.mid", "caption": "a"}\n{"midi_file": "no.mid", "caption": "b"}\n');
    const all = await runHere(processArguments(manifest, join(folder, 'all-failed')));
    expect(all.stdout).toMatch(/no pair has a result \(exit 3\)\.\n {2}pairs {4}2: 0 complete, 2 failed\n {2}failed/);
    expect(all.code).toBe(3);
  });

  it('says how the rows are split, which split is empty, and what resuming saved', async () => {
    const run = fresh(stopped, 'summary');
    const split = ['--split', 'train=0.9999,test=0.0001'];
    const result = await runHere(['process', run, ...split]);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(result.stdout).toContain('(49 rows, train 49, test 0)');
    expect(result.stdout).toContain('No row fell to test');
    expect(result.stdout).toMatch(/Not done again: \d+ pairs of MIDI and \d+ of text, \d+ s of work\.\n$/);
  });
});

it('is as the library says', async () => {
  const options: ProcessOptions = { outputDir: fresh(finished, 'library') };
  expect(await processPairs(options)).toMatchObject({
    completed: 49,
    failed: 4,
    nothingSucceeded: false,
    tooManyFailed: false,
    dataset: { splits: { train: 49 } },
    resumed: { midi: 53, text: 53 },
  });
});
