import { basename, join, resolve } from 'node:path';
import { ConfigError } from '../errors.ts';
import { parseOption } from './option.ts';
import { type OptionName, type OptionValues, RUN_OPTIONS } from './run-options.ts';

/** Everything a run is told, total and frozen: nothing behind this point looks at flags, environment or defaults. */
export interface RunConfig extends OptionValues {
  readonly inputFile: string;
  readonly midiCheckpoint: string;
  readonly textCheckpoint: string;
}

/** What a caller gives: the names of the command line in camelCase. Only the manifest must be named. */
export type ProcessOptions = { readonly [Name in OptionName]?: OptionValues[Name] | undefined };

/**
 * Makes the configuration of a run from what a caller gave.
 *
 * @throws ConfigError `invalid_option`, `unknown_option`, `missing_option`.
 */
export function resolveRunConfig(options: ProcessOptions): RunConfig {
  const values: OptionValues = { ...defaultOptions(), ...parseOptions(options, (name) => name) };
  const { inputFile } = values;
  if (inputFile === undefined) {
    throw new ConfigError('missing_option', 'No manifest: name it with --input_file FILE (inputFile in the library).');
  }
  return Object.freeze({
    ...values,
    ...runPaths(values),
    inputFile: resolve(inputFile),
    midiRoot: values.midiRoot === undefined ? undefined : resolve(values.midiRoot),
    backupDir: backupDirOf(values),
  });
}

function backupDirOf(values: OptionValues): string | undefined {
  if (values.backupDir === undefined) return undefined;
  const { midiCheckpoint, textCheckpoint } = runPaths(values);
  if (basename(midiCheckpoint) !== basename(textCheckpoint)) return resolve(values.backupDir);
  throw new ConfigError('invalid_option', 'With --backup_dir the two checkpoints must have different names.');
}

/** Where a run keeps its things: absolute paths, from the options or in the run directory. */
export function runPaths(options: ProcessOptions): Pick<RunConfig, 'outputDir' | 'midiCheckpoint' | 'textCheckpoint'> {
  const outputDir = resolve(options.outputDir ?? RUN_OPTIONS.outputDir.default);
  return {
    outputDir,
    midiCheckpoint: resolve(options.midiCheckpoint ?? join(outputDir, 'midi_checkpoint.json')),
    textCheckpoint: resolve(options.textCheckpoint ?? join(outputDir, 'text_checkpoint.json')),
  };
}

/** Validates what is given, and only that. `label` says how to name an option in an error. */
export function parseOptions(
  given: Readonly<Record<string, unknown>>,
  label: (name: string) => string,
): Partial<OptionValues> {
  const unknown = Object.keys(given).filter((name) => !isOptionName(name));
  if (unknown.length > 0) {
    const known = optionNames().map(label).join(', ');
    throw new ConfigError('unknown_option', `Unknown option ${unknown.join(', ')}; known are ${known}.`);
  }
  const entries = optionNames()
    .filter((name) => given[name] !== undefined)
    .map((name) => [name, parseOption<unknown>(RUN_OPTIONS[name], label(name), given[name])]);
  return Object.fromEntries(entries);
}

/** Every option as it is when nobody says. */
export function defaultOptions(): OptionValues {
  return Object.fromEntries(
    optionNames().map((name): [string, unknown] => [name, RUN_OPTIONS[name].default]),
  ) as OptionValues;
}

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(RUN_OPTIONS, name);
}

export function optionNames(): OptionName[] {
  return Object.keys(RUN_OPTIONS).filter(isOptionName);
}
