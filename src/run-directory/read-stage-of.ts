import { readStage, type StageReading } from '../checkpoint/read-stage.ts';
import { joinTasks } from './join-tasks.ts';
import { readEachTask, type TaskReading } from './read-task.ts';
import type { RunFiles, StageName } from './run-files.ts';

/** The stages of a run as they lie there, of one in tasks those of all its tasks; `undefined` for one that has not begun. */
export async function readStagesOf(
  files: RunFiles,
): Promise<Readonly<Record<StageName, StageReading | undefined>> & { readonly tasks?: readonly TaskReading[] }> {
  if (files.tasks === undefined) {
    return { midi: await readStage(files.checkpoints.midi), text: await readStage(files.checkpoints.text) };
  }
  const tasks: TaskReading[] = [];
  for await (const task of readEachTask(files.directory, files.tasks)) tasks.push(task);
  return { midi: joinTasks('midi', tasks), text: joinTasks('text', tasks), tasks };
}
