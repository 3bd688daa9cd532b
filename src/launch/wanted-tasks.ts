import { CheckpointError } from '../errors.ts';
import { isTaskDone } from '../run-directory/is-task-done.ts';
import { readTasks } from '../run-directory/tasks-file.ts';
import type { TaskRun } from './process-words.ts';

/** Tasks that are looked at together. */
const TOGETHER = 16;

/**
 * The tasks of a run that are not done, by number; all of them where that is wanted.
 *
 * @throws CheckpointError `tasks_mismatch` where the run is divided into another number of tasks.
 */
export async function wantedTasks(
  { outputDir, tasks: count }: Pick<TaskRun, 'outputDir' | 'tasks'>,
  isAllWanted: boolean,
): Promise<readonly number[]> {
  const numbers = Array.from({ length: count }, (_, task) => task);
  const tasks = await readTasks(outputDir);
  if (tasks === undefined) return numbers;
  if (tasks.parts.length !== count) {
    throw new CheckpointError(
      'tasks_mismatch',
      `${outputDir} is divided into ${tasks.parts.length} tasks, not ${count}: give --tasks ${tasks.parts.length}, or another run directory.`,
    );
  }
  if (isAllWanted) return numbers;
  const unfinished: number[] = [];
  for (let at = 0; at < count; at += TOGETHER) {
    const some = numbers.slice(at, at + TOGETHER);
    const done = await Promise.all(some.map((number) => isTaskDone(outputDir, tasks, number)));
    unfinished.push(...some.filter((_, place) => done[place] !== true));
  }
  return unfinished;
}
