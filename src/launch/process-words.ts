/** One run that is worked off as tasks. */
export interface TaskRun {
  /** The run directory, absolute, as the machines of the tasks see it. */
  readonly outputDir: string;
  readonly tasks: number;
  /** What every task is told beside, as words of the command line. */
  readonly words: readonly string[];
  readonly savePartial: boolean;
}

/** A machine that vanished counts as dead after a minute without a heartbeat of its lock. */
const LOCK_TIMEOUT = '--lock_timeout=120';

/** What follows `midiloom` on the command line of a task; of `task`, its number from 0 or `auto`, where it is given. */
export function taskWords(
  { outputDir, tasks, words }: Omit<TaskRun, 'savePartial'>,
  task?: number | 'auto',
): readonly string[] {
  const isWaiting = words.some((word) => word.startsWith('--lock_timeout='));
  const number = task === undefined ? [] : [`--task=${task}`];
  const run = ['process', `--output_dir=${outputDir}`, `--tasks=${tasks}`, ...number];
  return [...run, ...words, ...(isWaiting ? [] : [LOCK_TIMEOUT])];
}

/** The same of the merge, which finds in the run directory what the tasks were told. */
export function mergeWords({ outputDir, savePartial }: Pick<TaskRun, 'outputDir' | 'savePartial'>): readonly string[] {
  const partial = savePartial ? ['--save_partial'] : [];
  return ['process', '--mode=merge', `--output_dir=${outputDir}`, LOCK_TIMEOUT, ...partial];
}
