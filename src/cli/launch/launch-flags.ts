import { resolve } from 'node:path';
import type { Command } from 'commander';
import { integer } from '../../config/option.ts';
import { ConfigError } from '../../errors.ts';
import { optionWords } from '../../launch/option-words.ts';
import type { TaskRun } from '../../launch/process-words.ts';
import { type PathsOf, taskOptions } from '../../launch/task-options.ts';
import { runDirectoryOf } from '../run-directory-flags.ts';
import { parsedFlag } from './parsed-flag.ts';
import { readProcessWords } from './process-words-given.ts';

/** What every launch is told before the `--`. */
export interface LaunchFlags {
  readonly tasks: number;
  readonly output_dir?: string;
  readonly all?: true;
  readonly no_merge?: true;
  readonly dry_run?: true;
  readonly json?: true;
}

export interface ResourceFlags {
  readonly cpus?: number;
  readonly gpus?: number;
}

const TASKS = integer('tasks to divide the manifest into', 1, { min: 1, max: 100_000 });
const CPUS = integer('cores of a task, and its worker threads unless --workers says otherwise', 1, {
  min: 1,
  max: 10_000,
});
const GPUS = integer('GPUs of a task; --use_gpu behind the -- makes use of them', 1, { min: 1, max: 1000 });
/** As many as `--workers` may be. */
const MAX_WORKERS = 256;

export function addLaunchFlags(command: Command): Command {
  return command
    .argument('[RUN_DIR]', 'the run directory, which all machines see')
    .argument('[OPTION...]', 'behind a --: options of midiloom process, as for one machine')
    .option('--output_dir <DIR>', 'the run directory, in place of the argument')
    .addOption(parsedFlag('tasks', TASKS).makeOptionMandatory())
    .option('--no_merge', 'only the tasks; midiloom process RUN_DIR --mode merge joins them')
    .option('--dry_run', 'print what would be written and started, and do neither')
    .option('--json', 'print JSON');
}

export function addResourceFlags(command: Command): Command {
  return command.addOption(parsedFlag('cpus', CPUS)).addOption(parsedFlag('gpus', GPUS));
}

export function addAll(command: Command): Command {
  return command.option('--all', 'every task, also those that are done: one with damaged records is mended');
}

/** What the operands say: the run directory, and the words behind the `--`, which commander does not tell apart. */
export interface Operands {
  readonly directory: string;
  readonly words: readonly string[];
}

export function splitOperands(operands: readonly string[], flags: Pick<LaunchFlags, 'output_dir'>): Operands {
  const [first, ...rest] = operands;
  const isArgument = first !== undefined && !first.startsWith('-');
  const directory = runDirectoryOf(isArgument ? first : undefined, flags);
  if (directory !== undefined) return { directory, words: isArgument ? rest : operands };
  throw new ConfigError(
    'missing_option',
    'No run directory: name it before the --, as in midiloom launch … --tasks 16 RUN_DIR -- --input_file pairs.jsonl.',
  );
}

/** Where tasks run, and how long they may take to save when they are asked to stop. */
export interface Surroundings {
  readonly pathsOf: PathsOf;
  readonly graceS: number | undefined;
}

/** The run that is to be worked off. */
export function launchedRun(
  { directory, words }: Operands,
  { tasks, cpus }: LaunchFlags & ResourceFlags,
  { pathsOf, graceS }: Surroundings,
): TaskRun {
  const { given, terminal } = readProcessWords(words);
  const { options, savePartial } = taskOptions(given, pathsOf);
  const workers = cpus === undefined || options.workers != null ? {} : { workers: Math.min(cpus, MAX_WORKERS) };
  const hasGrace = graceS === undefined || terminal.some((word) => word.startsWith('--grace='));
  return {
    outputDir: pathsOf === 'machines' ? resolve(directory) : directory,
    tasks,
    words: [...optionWords({ ...options, ...workers }), ...(hasGrace ? [] : [`--grace=${graceS}`]), ...terminal],
    savePartial,
  };
}
