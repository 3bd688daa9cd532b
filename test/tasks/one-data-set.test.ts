import { join } from 'node:path';
import { processPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { mergeAll, OPTIONS, runTasks, sumsOf } from './sample-tasks.ts';

const folder = temporaryFolder('tasks');
const whole = join(folder, 'whole');

beforeAll(async () => {
  expect(await processPairs({ ...OPTIONS, outputDir: whole })).toMatchObject({ status: 'complete' });
});

describe('a run in tasks', () => {
  it.each([1, 4, 64])('has the data set of one run, byte for byte, of %i tasks', async (tasks) => {
    const outputDir = join(folder, `tasks-${tasks}`);
    await runTasks(outputDir, tasks);
    expect(await mergeAll(outputDir)).toMatchObject({ status: 'complete', completed: 49 });
    expect(sumsOf(outputDir)).toBe(sumsOf(whole));
  });
});
