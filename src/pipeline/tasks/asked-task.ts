import { type ProcessOptions, parseOptions, runPaths } from '../../config/run-config.ts';
import { taskOfEnvironment } from '../../config/task-number.ts';
import { ConfigError } from '../../errors.ts';
import { runOfTask } from '../../run-directory/task-directory.ts';
import { readTasks } from '../../run-directory/tasks-file.ts';

/** A task that a call is about. */
export interface AskedTask {
  /** Of the whole run. */
  readonly directory: string;
  readonly number: number;
  readonly of: number;
}

/**
 * The task that a call names, by number or by its own directory; `undefined` where it is about a whole run.
 *
 * @throws ConfigError `invalid_option`, `missing_option`.
 */
export async function askedTask(options: ProcessOptions, environment = process.env): Promise<AskedTask | undefined> {
  const { outputDir, tasks, task } = parseOptions(
    { outputDir: options.outputDir, tasks: options.tasks, task: options.task },
    (name) => name,
  );
  const given = runPaths({ outputDir }).outputDir;
  const own = runOfTask(given);
  const isOwn = own !== undefined && (await readTasks(own.directory)) !== undefined;
  if (tasks == null && task == null) return isOwn ? { directory: own.directory, ...own.task } : undefined;
  if (isOwn) {
    throw new ConfigError(
      'invalid_option',
      `${given} is the directory of a task already: leave out --tasks and --task, or give the run's own, ${own.directory}.`,
    );
  }
  const of = tasks ?? (await readTasks(given))?.parts.length;
  if (of === undefined)
    throw new ConfigError('missing_option', `--task ${task} is one of how many? Say it by --tasks N.`);
  if (task == null) {
    const last = of - 1;
    throw new ConfigError(
      'missing_option',
      `Which of the ${of} tasks? Say --task N, from 0 to ${last}, or --task auto.`,
    );
  }
  const number = task === 'auto' ? taskOfEnvironment(environment, of) : task;
  if (number < of) return { directory: given, number, of };
  throw new ConfigError('invalid_option', `--task ${number}: there are ${of} tasks, from 0 to ${of - 1}.`);
}
