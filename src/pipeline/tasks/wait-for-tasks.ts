import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isTaskDone } from '../../run-directory/is-task-done.ts';
import { defaultRunFiles, STAGES } from '../../run-directory/run-files.ts';
import { taskName } from '../../run-directory/task-directory.ts';
import { readTasks } from '../../run-directory/tasks-file.ts';
import type { RunContext } from '../run-events.ts';

const POLL_MS = 1000;

/** Waits until all tasks of a run are done, or the time is over: then the merge says which ones are not. */
export async function waitForTasks(directory: string, seconds: number, { emit, signal }: RunContext): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  const { checkpoints } = defaultRunFiles(directory);
  let next = 0;
  for (let isFirst = true; ; isFirst = false) {
    const tasks = await readTasks(directory);
    const count = tasks?.parts.length;
    while (tasks !== undefined && next < tasks.parts.length && (await isTaskDone(directory, tasks, next))) next += 1;
    if (next === count) return;
    // A run that is not divided has nothing to wait for.
    if (count === undefined && STAGES.some((stage) => existsSync(checkpoints[stage]))) return;
    const left = deadline - performance.now();
    if (left <= 0) return;
    if (isFirst) {
      const what = count === undefined ? 'tasks to begin' : `tasks, ${taskName({ number: next, of: count })} first`;
      emit({ type: 'notice', message: `waiting up to ${seconds} s for ${what}` });
    }
    await pause(Math.min(POLL_MS, left), undefined, { signal }).catch(() => {}); // aborted
    signal.throwIfAborted();
  }
}
