import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wantedTasks } from '../../../src/launch/wanted-tasks.ts';
import { silent } from '../../../src/log.ts';
import { waitForTasks } from '../../../src/pipeline/tasks/wait-for-tasks.ts';
import { optionsFor, runTask, writeManifest } from '../../tasks/sample-tasks.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const folder = temporaryFolder('wait-for-tasks');
const options = optionsFor(writeManifest(folder));

function told() {
  const stop = new AbortController();
  const notices: string[] = [];
  const context = {
    signal: stop.signal,
    lost: stop.signal,
    log: silent,
    emit: (event: { readonly type: string; readonly message?: string }) => notices.push(event.message ?? event.type),
  };
  return { stop, notices, context };
}

it('a merge waits for tasks that have not begun, and goes on when the last one is done', async () => {
  const run = join(folder, 'run');
  const { context, notices } = told();
  let isOver = false;
  const waiting = waitForTasks(run, 60, context).then(() => {
    isOver = true;
  });
  expect(await wantedTasks({ outputDir: run, tasks: 2 }, false)).toEqual([0, 1]);
  await runTask(run, 2, 1, options);
  expect(await wantedTasks({ outputDir: run, tasks: 2 }, false)).toEqual([0]);
  expect(await wantedTasks({ outputDir: run, tasks: 2 }, true)).toEqual([0, 1]);
  expect(isOver).toBe(false);
  await runTask(run, 2, 0, options);
  await waiting;
  expect(await wantedTasks({ outputDir: run, tasks: 2 }, false)).toEqual([]);
  expect(notices).toEqual(['waiting up to 60 s for tasks to begin']);
  await expect(wantedTasks({ outputDir: run, tasks: 3 }, false)).rejects.toMatchObject({ code: 'tasks_mismatch' });
});

it('a merge waits no longer than it may, and not when it is asked to stop', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const { context, stop } = told();
  await waitForTasks(empty, 0.05, context);
  const reason = new Error('SIGTERM');
  setTimeout(() => stop.abort(reason), 50);
  await expect(waitForTasks(empty, 60, context)).rejects.toBe(reason);
});
