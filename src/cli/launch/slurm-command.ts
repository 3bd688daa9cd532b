import { join } from 'node:path';
import { Command } from 'commander';
import { integer, type Option, Refused } from '../../config/option.ts';
import { ownProgram } from '../../launch/own-program.ts';
import { launchSlurm, type SlurmLaunched } from '../../launch/slurm/launch-slurm.ts';
import { GRACE_S } from '../../launch/slurm/tasks-script.ts';
import { timeLimitSeconds } from '../../launch/slurm/time-limit.ts';
import { wantedTasks } from '../../launch/wanted-tasks.ts';
import { count } from '../count.ts';
import { EXIT } from '../exit-code.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import {
  addAll,
  addLaunchFlags,
  addResourceFlags,
  type LaunchFlags,
  launchedRun,
  type ResourceFlags,
  splitOperands,
} from './launch-flags.ts';
import { matching, parsedFlag } from './parsed-flag.ts';

interface SlurmFlags extends LaunchFlags, ResourceFlags {
  readonly mem?: string;
  readonly time?: string;
  readonly partition?: string;
  readonly array_limit?: number;
  readonly sbatch_args?: string;
}

const MEM = matching('SIZE', 'memory of a task, such as 16G', /^\d+[KMGT]?$/i, 'a size such as 16G');
/** A task that is told to save before its time is over needs some to begin and to get on. */
const LEAST_TIME_S = 600;
const TIME: Option<string> = {
  help: 'time limit of a job, such as 04:00:00; a task that reaches it saves and is queued again',
  placeholder: 'TIME',
  default: '',
  parse: (value) => {
    if (typeof value === 'string' && (timeLimitSeconds(value) ?? 0) >= LEAST_TIME_S) return value;
    throw new Refused('a time such as 30, 04:00:00 or 1-12, of 10 minutes or more');
  },
};
const PARTITION = matching('NAME', 'partition of the jobs', /^[\w.,@+-]+$/, 'names of partitions, with commas between');
const ARRAY_LIMIT = integer('jobs of the array that may be at work at the same time (default: no limit)', 1, {
  min: 1,
  max: 1_000_000,
});
const SBATCH_ARGS = matching(
  'WORDS',
  'more options of sbatch, such as "--account=music --qos=low"',
  /^-\P{Cc}*$/u,
  'options of sbatch, in one line',
);

export function slurmCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('slurm').description(
    'submit a job array that works off the tasks, and a job behind it that joins them',
  );
  return addResourceFlags(addAll(addLaunchFlags(command)))
    .addOption(parsedFlag('mem', MEM))
    .addOption(parsedFlag('time', TIME))
    .addOption(parsedFlag('partition', PARTITION))
    .addOption(parsedFlag('array_limit', ARRAY_LIMIT))
    .addOption(parsedFlag('sbatch_args', SBATCH_ARGS))
    .action(async (_directory: unknown, _words: unknown, flags: SlurmFlags, { args }: Command) => {
      const run = launchedRun(splitOperands(args, flags), flags, { pathsOf: 'machines', graceS: GRACE_S });
      const launched = await launchSlurm({
        run,
        settings: {
          cpus: flags.cpus,
          mem: flags.mem,
          gpus: flags.gpus,
          time: flags.time,
          partition: flags.partition,
          arrayLimit: flags.array_limit,
          sbatchArgs: flags.sbatch_args,
        },
        program: ownProgram(),
        wanted: await wantedTasks(run, flags.all === true),
        isDryRun: flags.dry_run === true,
        merges: flags.no_merge !== true,
      });
      if (launched.merge_error !== null) setExitCode(EXIT.incomplete);
      await printResult(launched, flags, flags.dry_run === true ? scriptsText : submittedText, true);
    });
}

/** The scripts, to look at or to keep. */
function scriptsText({ folder, scripts }: SlurmLaunched): string {
  return scripts.map(({ name, text }) => `# ${printable(join(folder, name))}\n${text}`).join('\n');
}

function submittedText({ folder, tasks, array, jobs, merge_error }: SlurmLaunched): string {
  const arrayText = array.step < tasks.total ? `${array.elements}, each several tasks` : array.elements;
  const lines = [
    jobs.tasks === null
      ? `all ${count(tasks.total)} tasks are done`
      : `job ${jobs.tasks} works off ${count(tasks.wanted)} of ${count(tasks.total)} tasks (array ${arrayText})`,
    ...(jobs.merge === null ? [] : [`job ${jobs.merge} joins them when they are over`]),
    ...(merge_error === null ? [] : [`the job that joins them could not be submitted: ${printable(merge_error)}`]),
    `scripts and logs are in ${printable(folder)}`,
  ];
  return `${lines.join('\n')}\n`;
}
