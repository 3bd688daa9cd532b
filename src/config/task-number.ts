import { ConfigError } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How the schedulers number the jobs of an array, in the order in which they are asked. */
const SCHEDULERS: readonly ((environment: Environment, tasks: number) => number | undefined)[] = [
  // Of a whole array whatever its numbers; of some of its jobs that are sent again, the numbers as they are.
  (of, tasks) => {
    const id = integerOf(of.SLURM_ARRAY_TASK_ID);
    if (id === undefined || integerOf(of.SLURM_ARRAY_TASK_COUNT) !== tasks) return id;
    return (id - (integerOf(of.SLURM_ARRAY_TASK_MIN) ?? 0)) / (integerOf(of.SLURM_ARRAY_TASK_STEP) || 1);
  },
  (of) => integerOf(of.JOB_COMPLETION_INDEX),
  (of) => integerOf(of.AWS_BATCH_JOB_ARRAY_INDEX),
  (of) => integerOf(of.PBS_ARRAY_INDEX),
  // Outside an array LSF says 0, and SGE says undefined.
  (of) => beforeOne(integerOf(of.LSB_JOBINDEX)),
  (of) => beforeOne(integerOf(of.SGE_TASK_ID)),
];

/**
 * Which task a job is, counted from 0, as its scheduler says.
 *
 * @throws ConfigError `invalid_option` where none says it, or what it says is no task.
 */
export function taskOfEnvironment(environment: Environment, tasks: number): number {
  for (const ask of SCHEDULERS) {
    const task = ask(environment, tasks);
    if (task === undefined) continue;
    if (Number.isInteger(task) && task >= 0 && task < tasks) return task;
    throw new ConfigError(
      'invalid_option',
      `--task auto: the scheduler calls this job ${task}, and --tasks ${tasks} has the tasks 0 to ${tasks - 1}; number the array from 0.`,
    );
  }
  throw new ConfigError(
    'invalid_option',
    '--task auto: this is no job of an array (none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, AWS_BATCH_JOB_ARRAY_INDEX, ' +
      'PBS_ARRAY_INDEX, LSB_JOBINDEX and SGE_TASK_ID is set); say which task it is, from 0.',
  );
}

function integerOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function beforeOne(number: number | undefined): number | undefined {
  return number === undefined || number === 0 ? undefined : number - 1;
}
