import type { RunConfig } from '../../config/run-config.ts';
import { defaultRunFiles } from '../../run-directory/run-files.ts';
import { taskDirectory, taskName } from '../../run-directory/task-directory.ts';
import { joinPlace } from '../../s3/s3-address.ts';
import type { AskedTask } from './asked-task.ts';

/** The options of the whole run, with the task's own places. */
export function configOfTask(config: RunConfig, { directory, ...task }: AskedTask): RunConfig {
  const outputDir = taskDirectory(directory, task);
  const { midi: midiCheckpoint, text: textCheckpoint } = defaultRunFiles(outputDir).checkpoints;
  const backupDir = config.backupDir === undefined ? undefined : joinPlace(config.backupDir, 'tasks', taskName(task));
  return Object.freeze({ ...config, outputDir, midiCheckpoint, textCheckpoint, backupDir });
}
