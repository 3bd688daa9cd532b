import { ownPackage } from '../../config/own-package.ts';
import { optionNames } from '../../config/run-config.ts';
import { snakeCase } from '../../config/run-options.ts';
import { ConfigError } from '../../errors.ts';

/** What a job of the queue says: a task of a run, or that all of them are to be joined. No path of Redis, no credentials. */
export interface TaskJob {
  readonly kind: 'task' | 'merge';
  /** From 0; of the merge, that of no task. */
  readonly task: number;
  readonly tasks: number;
  /** What a task is told, as words of the command line; what the merge is told in addition. */
  readonly words: readonly string[];
}

export function jobId({ kind, task, tasks }: Pick<TaskJob, 'kind' | 'task' | 'tasks'>): string {
  return kind === 'merge' ? 'merge' : `task-${task}-of-${tasks}`;
}

/** Words that a job may hold. A queue is not to lead a worker elsewhere than its own command line does. */
const ALLOWED: ReadonlySet<string> = new Set([
  ...optionNames()
    .map(snakeCase)
    .flatMap((name) => [name, `no_${name}`]),
  ...['grace', 'log_level', 'log_format', 'progress_interval', 'verbose', 'quiet'],
]);
const NOT_ALLOWED: ReadonlySet<string> = new Set(['output_dir', 'mode', 'tasks', 'task', 'force_restart']);

/** @throws ConfigError `queue_unreadable` for what midiloom did not put there. */
export function parseTaskJob(data: unknown, where: string): TaskJob {
  if (isTaskJob(data) && data.words.every(isAllowed)) return data;
  throw new ConfigError(
    'queue_unreadable',
    `${where} holds something else than a task of midiloom ${ownPackage().version}: name another with --queue, or take it out with midiloom launch bullmq --replace.`,
  );
}

function isTaskJob(data: unknown): data is TaskJob {
  return (
    typeof data === 'object' &&
    data !== null &&
    'kind' in data &&
    (data.kind === 'task' || data.kind === 'merge') &&
    'task' in data &&
    Number.isInteger(data.task) &&
    'tasks' in data &&
    Number.isInteger(data.tasks) &&
    'words' in data &&
    Array.isArray(data.words) &&
    data.words.every((word) => typeof word === 'string')
  );
}

function isAllowed(word: string): boolean {
  const [, name] = /^--([a-z_]+)(?:=|$)/.exec(word) ?? [];
  return name !== undefined && ALLOWED.has(name) && !NOT_ALLOWED.has(name);
}
