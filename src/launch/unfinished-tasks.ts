import type { TaskRun } from './process-words.ts';

/** The tasks of a run that are not done, by number. */
export async function unfinishedTasks({ tasks }: Pick<TaskRun, 'outputDir' | 'tasks'>): Promise<readonly number[]> {
  return Array.from({ length: tasks }, (_, task) => task);
}
