import type { ProcessOptions } from '../../config/run-config.ts';
import { ConfigError } from '../../errors.ts';
import { readLostRun } from '../../run-directory/lost-run.ts';
import { newRunDescription, readRunDescription } from '../../run-directory/run-description.ts';
import { resolveRun } from '../choose/resolve-run.ts';
import { run } from '../run.ts';
import type { RunContext } from '../run-events.ts';
import type { RunResult } from '../run-result.ts';
import type { AskedTask } from './asked-task.ts';
import { configOfTask } from './config-of-task.ts';
import { otherDecisions } from './deciding-options.ts';
import { divideRun } from './divide-run.ts';
import { nothingToDo } from './nothing-to-do.ts';
import { refuseOtherTasks } from './refuse-other-tasks.ts';
import { tasksOfRun } from './tasks-of-run.ts';

/** Works off one task of a run: an ordinary run, in a directory of its own, over a part of the manifest. */
export async function runTask(options: ProcessOptions, asked: AskedTask, told: RunContext): Promise<RunResult> {
  const { directory, number, of } = asked;
  const given: ProcessOptions = { ...options, outputDir: directory, tasks: undefined, task: undefined };
  refuseOfWhole(given);
  // To begin a task again is not to begin the run again.
  const { forceRestart = null, mode = null } = given;
  const { config: whole, description } = await resolveRun({ ...given, forceRestart: null, mode: null });
  const tasks = await tasksOfRun(directory, (context) => divideRun(whole, description, of, context), told);
  const differences = otherDecisions(given, tasks.options, false);
  await refuseOtherTasks(tasks, { directory, inputFile: whole.inputFile, count: of, differences });
  const part = tasks.parts[number];
  const config = configOfTask({ ...whole, forceRestart: forceRestart ?? false, mode: mode ?? 'continue' }, asked);
  if (part === undefined || part.first === part.end) return nothingToDo(config, asked);
  const known = await readRunDescription(config.outputDir);
  const { backupDir } = config;
  const lost =
    known === undefined && backupDir !== undefined ? await readLostRun(config.outputDir, backupDir) : undefined;
  const own = known ?? lost ?? newRunDescription(new Date());
  return run(config, { ...own, task: { number, of, part } }, told, tasks.fingerprints);
}

/** What only makes sense of a whole run. */
function refuseOfWhole({ mode, midiCheckpoint, textCheckpoint, savePartial }: ProcessOptions): void {
  const refuse = (why: string): never => {
    throw new ConfigError('invalid_option', why);
  };
  if (mode === 'merge') refuse('--mode merge joins all tasks: leave out --tasks and --task, and name the whole run.');
  if (mode === 'update') {
    refuse(
      'A run in tasks is not updated: the tasks are parts of the manifest that it was begun with. Begin another run in another ' +
        '--output_dir; with --use_cache it makes only what is new.',
    );
  }
  if (savePartial === true)
    refuse('--save_partial is said when the tasks are joined: midiloom process --mode merge --save_partial.');
  if ((midiCheckpoint ?? textCheckpoint ?? null) !== null) {
    refuse('Each task has its own checkpoints: leave out --midi_checkpoint and --text_checkpoint.');
  }
}
