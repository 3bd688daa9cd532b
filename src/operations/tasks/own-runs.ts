import { ConfigError } from '../../errors.ts';
import { defaultRunFiles, type RunFiles } from '../../run-directory/run-files.ts';
import { taskDirectory, taskName } from '../../run-directory/task-directory.ts';
import type { Tasks } from '../../run-directory/tasks-file.ts';

/** The run of one task, and the pairs that fell to it. */
export interface OwnRun {
  readonly name: string;
  readonly number: number;
  readonly first: number;
  readonly end: number;
  readonly files: RunFiles;
}

/** The runs of the tasks that pairs fell to, in order. */
export function ownRuns(directory: string, { parts }: Tasks): readonly OwnRun[] {
  return parts.flatMap(({ first, end }, number) => {
    const task = { number, of: parts.length };
    return first === end
      ? []
      : [{ name: taskName(task), number, first, end, files: defaultRunFiles(taskDirectory(directory, task)) }];
  });
}

/**
 * Which pairs each task has of some.
 *
 * @throws ConfigError `pair_unknown`.
 */
export function pairsByRun(
  directory: string,
  tasks: Tasks,
  indexes: readonly number[],
): readonly (OwnRun & { readonly indexes: readonly number[] })[] {
  const { pairs } = tasks.manifest;
  const unknown = indexes.find((index) => index >= pairs);
  if (unknown !== undefined) {
    throw new ConfigError('pair_unknown', `There is no pair ${unknown}: the manifest had ${pairs} pairs.`);
  }
  return ownRuns(directory, tasks).flatMap((run) => {
    const own = indexes.filter((index) => index >= run.first && index < run.end);
    return own.length === 0 ? [] : [{ ...run, indexes: own }];
  });
}
