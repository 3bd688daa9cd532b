import { basename, join, resolve } from 'node:path';
import { ConfigError } from '../errors.ts';
import { resolvePlace } from '../s3/s3-address.ts';
import { nearestName } from './nearest-name.ts';
import { parseOption } from './option.ts';
import { type OptionName, type OptionValues, RUN_OPTIONS } from './run-options.ts';

/** Everything a run is told, total and frozen: nothing behind this point looks at flags, environment or defaults. */
export interface RunConfig extends OptionValues {
  readonly inputFile: string;
  readonly midiCheckpoint: string;
  readonly textCheckpoint: string;
}

/**
 * What a caller gives: the names of the command line in camelCase. What is left out is as the run directory remembers it,
 * else the default; `null` is the default, whatever is remembered. A new run must name its manifest.
 */
export type ProcessOptions = { readonly [Name in OptionName]?: OptionValues[Name] | null | undefined };

/** Options that were given and are allowed; `null` asks for the default. */
export type GivenOptions = { readonly [Name in OptionName]?: OptionValues[Name] | null };

/**
 * Makes the configuration of a run from what a caller gave and what its run directory remembers.
 *
 * @throws ConfigError `invalid_option`, `unknown_option`, `missing_option`.
 */
export function resolveRunConfig(options: ProcessOptions, remembered: Partial<OptionValues> = {}): RunConfig {
  const filled = fillOptions(
    parseOptions(options, (name) => name),
    remembered,
  );
  const { inputFile } = filled;
  if (inputFile === undefined) {
    throw new ConfigError('missing_option', 'No manifest: name it with --input_file FILE (inputFile in the library).');
  }
  const paths = runPaths(filled);
  if (filled.backupDir !== undefined && basename(paths.midiCheckpoint) === basename(paths.textCheckpoint)) {
    throw new ConfigError('invalid_option', 'With --backup_dir the two checkpoints must have different names.');
  }
  checkTextOutput(filled);
  return Object.freeze({ ...filled, ...paths, inputFile });
}

/** Hidden states are some hundred times an embedding: a format that would make text of them, or lists of lists, has none. */
const HOLD_HIDDEN_STATES = ['npy', 'webdataset'] as const;

function checkTextOutput({ textOutput, textEncoder, outputFormat, longText }: OptionValues): void {
  if (textOutput !== 'tokens') return;
  if (longText === 'chunk') {
    const message =
      '--long_text chunk averages the vectors of the parts of a text, which --text_output tokens does not make.';
    throw new ConfigError('invalid_option', message);
  }
  if (textEncoder !== 'transformers') {
    const message = `--text_output tokens needs a model: --text_encoder transformers, not ${textEncoder}.`;
    throw new ConfigError('invalid_option', message);
  }
  if (HOLD_HIDDEN_STATES.some((format) => outputFormat.includes(format))) return;
  throw new ConfigError(
    'invalid_option',
    `--text_output tokens needs a format that holds hidden states, ${HOLD_HIDDEN_STATES.join(' or ')}, beside ` +
      `${outputFormat.join(', ')} or in its place: --output_format ${[...outputFormat, 'npy'].join(',')}`,
  );
}

/** Options that were parsed already, the remembered ones where they say nothing, and else the defaults; paths are absolute. */
export function fillOptions(given: GivenOptions, remembered: Partial<OptionValues> = {}): OptionValues {
  const values: OptionValues = { ...defaultOptions(), ...remembered, ...withDefaults(given) };
  const paths = optionNames().flatMap((name) => {
    const value = values[name];
    return RUN_OPTIONS[name].place === 'path' && typeof value === 'string'
      ? [[name, resolvePlace(value)] as const]
      : [];
  });
  return { ...values, ...Object.fromEntries(paths) };
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

/**
 * Validates what is given, and only that; `null` stays. An error names an option as `spelled` says, and the `file` that the
 * options are from.
 */
export function parseOptions(
  given: Readonly<Record<string, unknown>>,
  spelled: (name: string) => string,
  file?: string,
): GivenOptions {
  const place = file === undefined ? '' : ` in ${file}`;
  const label = (name: string): string => `${spelled(name)}${place}`;
  const unknown = Object.keys(given).filter((name) => !isOptionName(name));
  if (unknown.length > 0)
    throw new ConfigError('unknown_option', unknownText(unknown, optionNames().map(spelled), place));
  const entries = optionNames()
    .filter((name) => given[name] !== undefined)
    .map((name) => [
      name,
      given[name] === null ? null : parseOption<unknown>(RUN_OPTIONS[name], label(name), given[name]),
    ]);
  return Object.fromEntries(entries);
}

function unknownText(unknown: readonly string[], known: readonly string[], place: string): string {
  const nearest = unknown.map((name) => nearestName(name, known));
  const named = unknown.map(
    (name, at) => `"${name}"${nearest[at] === undefined ? '' : `, did you mean ${nearest[at]}?`}`,
  );
  const list = nearest.includes(undefined) ? ` Known are ${known.join(', ')}.` : '';
  return `Unknown option${place}: ${named.join('; ')}${list === '' ? '' : `.${list}`}`;
}

/** The defaults in the place of each `null`. */
export function withDefaults(given: GivenOptions): Partial<OptionValues> {
  const entries = Object.entries(given).map(([name, value]) =>
    isOptionName(name) && value === null ? [name, RUN_OPTIONS[name].default] : [name, value],
  );
  return Object.fromEntries(entries);
}

/** Every option as it is when nobody says. */
function defaultOptions(): OptionValues {
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
