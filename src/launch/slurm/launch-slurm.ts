import { basename, join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { TaskRun } from '../process-words.ts';
import { LAUNCH_FOLDER, type LaunchFile, writeLaunchFiles } from '../write-launch-files.ts';
import { type ArrayPlan, planArray } from './array-elements.ts';
import { keepJobs, refuseEarlierJobs, type SubmittedJobs } from './earlier-jobs.ts';
import { maxArraySize } from './max-array-size.ts';
import { mergeScript } from './merge-script.ts';
import { runSlurm } from './run-slurm.ts';
import type { SbatchSettings } from './sbatch-settings.ts';
import { tasksScript } from './tasks-script.ts';

const TASKS = 'tasks.sbatch';
const MERGE = 'merge.sbatch';
const LOGS = 'logs';

export interface SlurmLaunch {
  readonly run: TaskRun;
  readonly settings: SbatchSettings;
  /** What runs midiloom on the nodes, in words. */
  readonly program: readonly string[];
  /** The tasks that are not done yet. */
  readonly wanted: readonly number[];
  readonly isDryRun: boolean;
  /** Whether a job is to merge what the tasks made. */
  readonly merges: boolean;
}

export interface SlurmLaunched {
  readonly folder: string;
  readonly tasks: { readonly total: number; readonly wanted: number };
  readonly array: ArrayPlan;
  readonly scripts: readonly LaunchFile[];
  /** `null` for a job that was not submitted. */
  readonly jobs: SubmittedJobs;
  /** Why the merge could not be submitted behind its tasks, which are. */
  readonly merge_error: string | null;
}

/**
 * Writes the scripts of the job array and of the merge, and submits them.
 *
 * @throws MissingError `slurm_missing`; ConfigError `slurm_refused`, `still_queued`; StorageError `storage_io`.
 */
export async function launchSlurm(launch: SlurmLaunch): Promise<SlurmLaunched> {
  const { run, settings, program, wanted, isDryRun, merges } = launch;
  const array = planArray(run.tasks, wanted, await maxArraySize());
  const named = { name: jobName(run.outputDir), program };
  const tasks = wanted.length === 0 ? [] : [{ name: TASKS, text: tasksScript(run, array, settings, named) }];
  const merge = merges ? [{ name: MERGE, text: mergeScript(run, settings, named) }] : [];
  const scripts = [...tasks, ...merge];
  const folder = join(run.outputDir, LAUNCH_FOLDER);
  const counts = { total: run.tasks, wanted: wanted.length };
  const launched = { folder, tasks: counts, array, scripts, jobs: { tasks: null, merge: null }, merge_error: null };
  if (isDryRun) return launched;
  await refuseEarlierJobs(folder);
  await writeLaunchFiles(run.outputDir, scripts, [LOGS]);
  // The logs have places relative to the folder of submission: no path has to be written into a directive.
  const submit = async (...args: string[]): Promise<string> => {
    const printed = await runSlurm('sbatch', ['--parsable', ...args], folder);
    return printed.trim().split(';')[0] ?? '';
  };
  const taskJob = tasks.length === 0 ? null : await submit(TASKS);
  await keepJobs(folder, { tasks: taskJob, merge: null });
  if (!merges) return { ...launched, jobs: { tasks: taskJob, merge: null } };
  const dependency = taskJob === null ? [] : [`--dependency=afterany:${taskJob}`];
  try {
    const jobs = { tasks: taskJob, merge: await submit(...dependency, MERGE) };
    await keepJobs(folder, jobs);
    return { ...launched, jobs };
  } catch (error) {
    if (taskJob === null) throw error;
    return { ...launched, jobs: { tasks: taskJob, merge: null }, merge_error: messageOf(error) };
  }
}

/** After the run directory, in the letters that need no quoting anywhere. */
function jobName(outputDir: string): string {
  const name = basename(outputDir)
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 40);
  return `midiloom-${name}`;
}
