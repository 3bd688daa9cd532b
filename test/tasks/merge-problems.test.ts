import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processPairs, type RunEvent, verifyRun } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { summaryText } from '../../src/cli/summary-text.ts';
import { silent } from '../../src/log.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { mergeAll, optionsFor, runTasks, sumsOf, writeManifest } from './sample-tasks.ts';

const folder = temporaryFolder('merge-problems');
const options = { ...optionsFor(writeManifest(folder)), outputFormat: ['jsonl'] as const };
const good = join(folder, 'good');
const tasks = join(good, 'tasks');

beforeAll(async () => {
  await runTasks(good, 3, options);
  await mergeAll(good);
});

/** A copy of the run in which something is wrong. */
function withHarm(name: string, harm: (task: (number: number) => string, run: string) => void): string {
  const run = join(folder, name);
  cpSync(good, run, { recursive: true });
  rmSync(join(run, 'dataset'), { recursive: true });
  harm((number) => join(run, 'tasks', `0000${number}-of-00003`), run);
  return run;
}

async function merged(run: string, more: Parameters<typeof processPairs>[0] = {}) {
  const notices: string[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'notice') notices.push(event.message);
  };
  const result = await processPairs({ outputDir: run, mode: 'merge', ...more }, { onEvent });
  return { result, told: notices.join('\n') };
}

describe('a merge of tasks names those that are', () => {
  it('missing, and with --save_partial goes on without them, marked', async () => {
    const run = withHarm('missing', (task) => rmSync(task(1), { recursive: true }));
    const { result, told } = await merged(run);
    expect(result).toMatchObject({ status: 'incomplete', dataset: undefined });
    expect(told).toContain('1 of 3 tasks are not begun: 00001-of-00003');
    expect(result.undoneTasks).toEqual([1]);
    expect(summaryText(result)).toContain(`--task 1, or join what there is with --save_partial.`);
    const partial = await merged(run, { savePartial: true });
    expect(partial.result).toMatchObject({ status: 'incomplete', dataset: { partial: true } });
    expect(JSON.parse(readFileSync(join(run, 'dataset', 'recipe.json'), 'utf8'))).toMatchObject({ partial: true });
    const rows = readFileSync(join(run, 'dataset', 'processed_data.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const indexes = rows.map((row) => JSON.parse(row).index);
    expect(indexes.filter((index) => index >= 2 && index < 5)).toEqual([]);
    expect(indexes).toContain(7);
    expect(await verifyRun(run)).toMatchObject({ verified: true, partial: true });
    // Made after all, the data set is as if nothing had been missing.
    await processPairs({ outputDir: run, task: 1 });
    expect((await merged(run)).result).toMatchObject({ status: 'complete' });
    expect(sumsOf(run)).toBe(sumsOf(good));
  });

  it('running', async () => {
    const run = withHarm('running', (task) => rmSync(task(2), { recursive: true }));
    const lock = await acquireRunLock(join(run, 'tasks', '00002-of-00003'), silent);
    expect((await merged(run)).told).toContain('still going: 00002-of-00003');
    await lock.release();
  });

  it('damaged, as their headers say, and is refused', async () => {
    const run = withHarm('damaged', (task) => truncateSync(lastSegment(task(1)), 100));
    await expect(merged(run)).rejects.toMatchObject({
      code: 'tasks_damaged',
      message: expect.stringContaining('00001-of-00003'),
    });
    const { result } = await merged(run, { savePartial: true });
    expect(result).toMatchObject({ dataset: { partial: true } });
    await processPairs({ outputDir: join(run, 'tasks', '00001-of-00003') });
    expect((await merged(run)).result).toMatchObject({ status: 'complete' });
    expect(sumsOf(run)).toBe(sumsOf(good));
  });

  it('damaged, as only their records say', async () => {
    const run = withHarm('flipped', (task) => {
      const file = lastSegment(task(0));
      const bytes = readFileSync(file);
      bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1;
      writeFileSync(file, bytes);
    });
    await expect(merged(run)).rejects.toMatchObject({
      code: 'task_damaged',
      message: expect.stringContaining('00000-of-00003'),
    });
    const { result, told } = await merged(run, { savePartial: true });
    expect(told).toContain('task 00000-of-00003 is left out');
    expect(result).toMatchObject({ dataset: { partial: true } });
    // Worked off again, only what is lost is made.
    const mended = await processPairs({ outputDir: run, task: 0 });
    expect(mended).toMatchObject({ status: 'complete', stages: { midi: { doneNow: 1 }, text: { doneNow: 0 } } });
    expect((await merged(run)).result).toMatchObject({ status: 'complete' });
    expect(sumsOf(run)).toBe(sumsOf(good));
  });

  it('of another run, whatever is asked for', async () => {
    const run = withHarm('foreign', (task) => {
      const file = join(task(2), 'run.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/"first": 5/, '"first": 4'));
    });
    await expect(merged(run, { savePartial: true })).rejects.toMatchObject({
      code: 'tasks_mismatch',
      message: expect.stringContaining('00002-of-00003 (it was made from another part'),
    });
  });
});

describe('a merge of tasks whose machines are gone', () => {
  it('brings them back from the second place', async () => {
    const [run, backupDir] = [join(folder, 'machines'), join(folder, 'second')];
    await runTasks(run, 3, { ...options, backupDir });
    for (const task of readdirSync(join(run, 'tasks'))) rmSync(join(run, 'tasks', task), { recursive: true });
    const { result, told } = await merged(run);
    expect(told).toContain('was brought back from');
    expect(result).toMatchObject({ status: 'complete' });
    expect(sumsOf(run)).toBe(sumsOf(good));
    rmSync(join(run, 'tasks', '00001-of-00003'), { recursive: true });
    const again = await processPairs({ outputDir: run, task: 1 });
    expect(again).toMatchObject({ status: 'complete', stages: { midi: { doneNow: 0 } } });
  });
});

describe('a merge of tasks', () => {
  it('leaves the tasks as they are', () => {
    expect(readdirSync(tasks).sort()).toEqual(['00000-of-00003', '00001-of-00003', '00002-of-00003']);
    for (const task of readdirSync(tasks)) expect(readdirSync(join(tasks, task))).not.toContain('dataset');
  });

  it('does not take another text encoder, and says that it is of the records', async () => {
    await expect(merged(good, { textDim: 16 })).rejects.toMatchObject({ code: 'tasks_mismatch' });
  });
});

function lastSegment(task: string): string {
  const directory = join(task, 'midi_checkpoint.d');
  return join(directory, readdirSync(directory).sort().at(-1) ?? '');
}
