import { type ProcessOptions, runPaths } from '../config/run-config.ts';
import { type Log, silent } from '../log.ts';
import { readTasks } from '../run-directory/tasks-file.ts';
import { resolveRun } from './choose/resolve-run.ts';
import { run } from './run.ts';
import type { RunEvent } from './run-events.ts';
import type { RunResult } from './run-result.ts';
import { askedTask } from './tasks/asked-task.ts';

export interface ProcessContext {
  /** Asks the run to finish what is in flight, save and return with status `interrupted`. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly log?: Log;
}

/**
 * Turns a manifest of (MIDI file, text) pairs into a data set, or goes on with a run that was interrupted: then as the run
 * directory remembers, unless the options say otherwise. Never ends the process and never prints.
 *
 * @param options - as on the command line, in camelCase.
 * @throws ConfigError, LockError, CheckpointError, StorageError, MissingError; match on their `code`. What was finished
 * before is saved.
 * @example
 * const { dataset } = await processPairs({ inputFile: 'pairs.jsonl', outputDir: 'run' });
 * await processPairs({ outputDir: 'run', mode: 'merge', outputFormat: ['jsonl'] });
 */
export async function processPairs(options: ProcessOptions, context: ProcessContext = {}): Promise<RunResult> {
  const told = {
    signal: context.signal ?? new AbortController().signal,
    emit: context.onEvent ?? (() => {}),
    log: context.log ?? silent,
  };
  const task = await askedTask(options);
  if (task !== undefined) return (await import('./tasks/run-task.ts')).runTask(options, task, told);
  const { mode, waitForTasks: seconds } = options;
  if (mode === 'merge' && seconds != null) {
    const { waitForTasks } = await import('./tasks/wait-for-tasks.ts');
    await waitForTasks(runPaths(options).outputDir, seconds, told);
  }
  const { config, description, recalledFrom } = await resolveRun(options);
  const tasks = await readTasks(config.outputDir);
  if (tasks !== undefined) {
    const { mergeTasks } = await import('./tasks/merge-tasks.ts');
    return mergeTasks(options, { config, description, tasks }, told);
  }
  if (recalledFrom !== undefined) {
    const message = `${config.outputDir} has no run.json; the run goes on as ${recalledFrom} remembers it`;
    told.emit({ type: 'notice', message });
  }
  return run(config, description, told);
}
