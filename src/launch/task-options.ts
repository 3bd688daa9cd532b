import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { type GivenOptions, isOptionName } from '../config/run-config.ts';
import { RUN_OPTIONS, snakeCase } from '../config/run-options.ts';
import { ConfigError } from '../errors.ts';
import { isS3Address } from '../s3/s3-address.ts';

/** Options of `process` that a launch sets itself, or that make no sense for many tasks, and what to do. */
const NOT_OF_TASKS: Readonly<Record<string, string>> = {
  mode: 'each task continues, and the merge merges',
  forceRestart: 'a task that is queued again would begin again; remove the run directory first',
  midiCheckpoint: 'each task has its checkpoints in a folder of its own',
  textCheckpoint: 'each task has its checkpoints in a folder of its own',
  tasks: 'give --tasks before the --',
  task: 'each task gets its own number',
  waitForTasks: 'the merge begins when the tasks are over',
};

/** Where tasks run: on machines that have the paths of this one, or in pods, which have paths of their own. */
export type PathsOf = 'machines' | 'pods';

/** What tasks and merge are told; `savePartial` is for the merge alone. */
export interface TaskOptions {
  readonly options: GivenOptions;
  readonly savePartial: boolean;
}

/**
 * The options of a run as every task of it gets them, in whatever folder it is started.
 *
 * @throws ConfigError `invalid_option`, `missing_option`.
 */
export function taskOptions(given: GivenOptions, pathsOf: PathsOf): TaskOptions {
  const { outputDir: _, savePartial, ...rest } = given;
  const entries = Object.entries(rest);
  for (const [name, value] of entries) {
    const why = Object.hasOwn(NOT_OF_TASKS, name) && value !== null ? NOT_OF_TASKS[name] : undefined;
    if (why !== undefined)
      throw new ConfigError('invalid_option', `--${snakeCase(name)} is not an option of tasks: ${why}.`);
  }
  if (given.inputFile === '-') {
    throw new ConfigError('invalid_option', '--input_file - is standard input, which tasks do not have; give a file.');
  }
  if ((given.inputFile ?? given.recipe) == null) {
    throw new ConfigError('missing_option', 'No manifest: name it behind a --, as in -- --input_file pairs.jsonl.');
  }
  const placed = entries.map(([name, value]) => [name, placedIn(pathsOf, name, value)] as const);
  return { options: Object.fromEntries(placed), savePartial: savePartial === true };
}

function placedIn(pathsOf: PathsOf, name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !isOptionName(name) || isS3Address(value)) return value;
  const { place } = RUN_OPTIONS[name];
  if (place === undefined || isAbsolute(value)) return value;
  if (pathsOf === 'machines') return place === 'path' || isFolder(value) ? resolve(value) : value;
  if (place === 'path_or_name') return value;
  throw new ConfigError(
    'invalid_option',
    `--${snakeCase(name)}: ${value} is relative to a folder that pods do not have; give the path in the pod, such as /data/${value}.`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
