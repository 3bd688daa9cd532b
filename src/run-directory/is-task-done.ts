import { readStatus } from '../checkpoint/read-status.ts';
import { defaultRunFiles, STAGES } from './run-files.ts';
import { taskDirectory } from './task-directory.ts';
import type { Tasks } from './tasks-file.ts';

/**
 * Whether every pair of a task has an outcome, by the task's checkpoints alone. Whether its records are whole is for the merge to
 * see, which reads them.
 */
export async function isTaskDone(directory: string, { parts }: Pick<Tasks, 'parts'>, number: number): Promise<boolean> {
  const part = parts[number];
  if (part === undefined || part.first === part.end) return true;
  const { checkpoints } = defaultRunFiles(taskDirectory(directory, { number, of: parts.length }));
  for (const stage of STAGES) {
    const status = await readStatus(checkpoints[stage]);
    if (status.kind !== 'valid' || status.checkpoint.status !== 'completed') return false;
  }
  return true;
}
