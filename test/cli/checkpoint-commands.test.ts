import { existsSync, mkdtempSync, readdirSync, readFileSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { silent } from '../../src/log.ts';
import { folderDigest } from '../folder-digest.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { json, runHere } from './run-here.ts';
import { copyOf, processArguments, stopEarly } from './stopped-run.ts';

const folder = temporaryFolder('checkpoint-commands');
const finished = join(folder, 'finished');
const stopped = join(folder, 'stopped');

beforeAll(async () => {
  const result = await runHere(processArguments(SAMPLE, finished));
  expect(result, result.stderr).toMatchObject({ code: 0 });
  await stopEarly(SAMPLE, stopped);
});

const fresh = (from: string, name: string): string => copyOf(from, folder, name);
const segment = (run: string, number: number): string =>
  join(run, 'midi_checkpoint.d', `segment-${String(number).padStart(7, '0')}.msgpack`);

function damage(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length + at) ^ 0xff, bytes.length + at);
  writeFileSync(file, bytes);
}

describe('checkpoint list', () => {
  it('finds all runs below a folder, with status, progress, age and size', async () => {
    const parent = mkdtempSync(join(folder, 'list-'));
    copyOf(finished, parent, 'a');
    copyOf(stopped, join(parent, 'deep'), 'b');
    const runs = await json('checkpoint', 'list', parent);
    expect(runs).toMatchObject([
      { directory: join(parent, 'a'), status: 'completed', running: null, stages: { midi: { done: 53, total: 53 } } },
      { directory: join(parent, 'deep', 'b'), status: 'interrupted', age_seconds: expect.any(Number) },
    ]);
    const { stdout } = await runHere(['checkpoint', 'list', parent, '--detailed']);
    expect(stdout).toMatch(/completed, MIDI 53\/53, text 53\/53, saved \d+ s ago, [\d.]+ kB/);
    expect(stdout).toMatch(/text {2}completed, 53\/53, 1 without a result, 7 segments/);
  });

  it('shows one that cannot be read as invalid, and says who is running', async () => {
    const run = fresh(finished, 'list-damaged');
    writeFileSync(join(run, 'midi_checkpoint.json'), 'nonsense');
    unlinkSync(join(run, 'midi_checkpoint.json.bak'));
    const lock = await acquireRunLock(run, silent);
    expect(await json('checkpoint', 'list', run)).toMatchObject([{ status: 'invalid', running: { pid: process.pid } }]);
    await lock.release();
  });
});

describe('checkpoint show', () => {
  it('prints both checkpoints and the sessions', async () => {
    expect(await json('checkpoint', 'show', '--output_dir', stopped)).toMatchObject({
      directory: stopped,
      running: null,
      stages: { midi: { checkpoint: { stage: 'midi', status: 'in_progress' }, requests: { retry: null, skip: [] } } },
      sessions: [{ status: 'interrupted' }],
    });
    expect((await runHere(['checkpoint', 'show', '--output_dir', stopped])).stdout).toContain('status    in_progress');
  });

  it('refuses a folder without a run with exit 2', async () => {
    const result = await runHere(['checkpoint', 'show', '--output_dir', join(folder, 'nowhere')]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('no_checkpoint');
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});

describe('checkpoint validate', () => {
  it('finds a finished run valid', async () => {
    expect(await json('checkpoint', 'validate', '--output_dir', finished)).toMatchObject({
      valid: true,
      stages: { midi: { state: 'valid', records: 53 }, text: { state: 'valid', records: 53 } },
    });
  });

  it.each([
    ['a damaged record', (run: string) => damage(segment(run, 3), -1), 3],
    ['a damaged header', (run: string) => damage(segment(run, 2), 40 - readFileSync(segment(run, 2)).length), 2],
    ['a missing segment', (run: string) => unlinkSync(segment(run, 1)), 1],
  ])('names the first bad segment: %s', async (what, harm, sequence) => {
    const run = fresh(finished, `validate-${what}`);
    harm(run);
    damage(segment(run, 6), -1);
    const result = await runHere(['checkpoint', 'validate', '--output_dir', run, '--json']);
    expect(result.code).toBe(5);
    expect(JSON.parse(result.stdout)).toMatchObject({
      valid: false,
      stages: { midi: { state: 'recoverable', bad_segment: { sequence, file: segment(run, sequence) } } },
    });
  });
});

describe('checkpoint reset', () => {
  it('moves a run aside, which a new run removes once it has saved', async () => {
    const run = fresh(finished, 'reset');
    await json('checkpoint', 'reset', '--output_dir', run, '--stage', 'text');
    expect(readdirSync(run)).toEqual(expect.arrayContaining(['midi_checkpoint.json', 'text_checkpoint.json.old-1']));
    expect(await json('status', '--output_dir', run)).toMatchObject({ stages: { text: { status: 'not_started' } } });
    const again = await runHere(processArguments(SAMPLE, run));
    expect(again, again.stderr).toMatchObject({ code: 0 });
    expect(readdirSync(run).filter((name) => name.includes('.old'))).toEqual([]);
    expect(folderDigest(join(run, 'dataset'))).toEqual(folderDigest(join(finished, 'dataset')));
  });

  it('leaves a run alone that is going', async () => {
    const run = fresh(finished, 'reset-running');
    const lock = await acquireRunLock(run, silent);
    expect(await runHere(['checkpoint', 'reset', '--output_dir', run])).toMatchObject({ code: 4 });
    await lock.release();
    expect(readdirSync(run)).toContain('midi_checkpoint.json');
  });
});

describe('checkpoint cleanup', () => {
  const checkpointsIn = (run: string): string[] => readdirSync(run).filter((name) => name.includes('checkpoint'));

  it('is a dry run until --yes, and keeps what is young and what is not a checkpoint', async () => {
    const parent = mkdtempSync(join(folder, 'cleanup-'));
    const run = copyOf(finished, parent, 'run');
    expect(await json('checkpoint', 'cleanup', parent)).toEqual([]);
    const found = await json('checkpoint', 'cleanup', parent, '--older-than', '0');
    expect(found).toMatchObject([{ reason: 'old', outcome: 'would_delete', run: { directory: run } }]);
    expect(checkpointsIn(run)).toEqual(checkpointsIn(finished));
    expect(await json('checkpoint', 'cleanup', parent, '--older-than', '0', '--yes')).toMatchObject([
      { outcome: 'deleted' },
    ]);
    expect(checkpointsIn(run)).toEqual([]);
    expect(existsSync(join(run, 'dataset', 'SHA256SUMS'))).toBe(true);
  });

  it('with --invalid deletes only what cannot be continued', async () => {
    const parent = mkdtempSync(join(folder, 'cleanup-invalid-'));
    const good = copyOf(finished, parent, 'good');
    const bad = copyOf(finished, parent, 'bad');
    writeFileSync(join(bad, 'text_checkpoint.json'), 'nonsense');
    writeFileSync(join(bad, 'text_checkpoint.json.bak'), 'nonsense');
    expect(await json('checkpoint', 'cleanup', parent, '--invalid', '--yes')).toMatchObject([
      { reason: 'invalid', outcome: 'deleted', run: { directory: bad } },
    ]);
    expect([checkpointsIn(good).length > 0, checkpointsIn(bad)]).toEqual([true, []]);
  });

  it('never deletes a run that is going', async () => {
    const parent = mkdtempSync(join(folder, 'cleanup-running-'));
    const run = copyOf(finished, parent, 'run');
    const lock = await acquireRunLock(run, silent);
    utimesSync(join(run, 'midi_checkpoint.json'), 0, 0);
    expect(await json('checkpoint', 'cleanup', parent, '--older-than', '0', '--yes')).toMatchObject([
      { outcome: 'running' },
    ]);
    await lock.release();
    expect(checkpointsIn(run)).toEqual(checkpointsIn(finished));
  });
});
