import { type Command, Option } from 'commander';
import { environmentName } from '../config/option-sources.ts';
import { optionNames } from '../config/run-config.ts';

import { type OptionName, RUN_OPTIONS, snakeCase } from '../config/run-options.ts';
import { ConfigError } from '../errors.ts';

/** Longer lists of choices go into the text, so that the column of flags stays narrow. */
const LONGEST_PLACEHOLDER = 12;
/** Before the name of an option that the run remembers: what it is without. */
const NOT = 'no_';

/** Where a subject begins among the options, which are in the order of the data. */
const HEADINGS: ReadonlyMap<OptionName, string> = new Map([
  ['mode', 'The run:'],
  ['inputFile', 'Input:'],
  ['outputDir', 'Run directory and checkpoints:'],
  ['workers', 'Work and its limits:'],
  ['tokenizer', 'MIDI to tokens:'],
  ['textEncoder', 'Captions to vectors:'],
  ['useCache', 'Results that are kept between runs:'],
  ['outputFormat', 'The data set:'],
]);

/** Adds every run option to a command; values stay text, they are parsed where all sources are merged. */
export function addRunFlags(command: Command): Command {
  for (const name of optionNames()) {
    const heading = HEADINGS.get(name);
    if (heading !== undefined) command.optionsGroup(heading);
    const option = runFlag(name);
    command.addOption(name === 'inputFile' ? option.argParser(onlyOnce) : option);
    if (isRemembered(name)) command.addOption(new Option(`--${NOT}${snakeCase(name)}`).hideHelp());
  }
  command.optionsGroup('This call, its messages and its end:');
  command.option('--resume', 'go on where the run stopped: --mode continue, by the name that says so');
  command.option('--dry_run', 'say what would be done, and do and write nothing');
  return command.addHelpText(
    'after',
    `\nA run directory remembers its options (run.json); --${NOT}NAME goes back to the default, as in --${NOT}use_gpu or --${NOT}filter.\nThe same names work with hyphens, as ${environmentName('batchSize')} and so on in the environment, and in the file of --config.`,
  );
}

/** The flag of an option. */
export function runFlag(name: OptionName): Option {
  const { placeholder, help, default: fallback } = RUN_OPTIONS[name];
  const isLong = placeholder !== undefined && placeholder.length > LONGEST_PLACEHOLDER;
  const value = placeholder === undefined ? '' : ` <${isLong ? 'NAME' : placeholder}>`;
  const choices = isLong ? ` [${placeholder.replaceAll(/[|,]/g, ', ')}]` : '';
  const shown = isWorthShowing(fallback) ? ` (default: ${String(fallback)})` : '';
  return new Option(`--${snakeCase(name)}${value}`, `${help}${choices}${shown}`);
}

/** What commander found, by camelCase name; `null` for what was taken back. */
export function givenRunFlags(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    optionNames().map((name) => {
      const flag = snakeCase(name);
      const isTakenBack = values[`${NOT}${flag}`] === true;
      if (isTakenBack && values[flag] !== undefined)
        throw new ConfigError('invalid_option', `--${flag} and --${NOT}${flag} cannot both be given.`);
      return [name, isTakenBack ? null : values[flag]];
    }),
  );
}

/** `--batch-size` and `--batch_size` are the same option. */
export function withSnakeCaseFlags(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((argument, position) => {
    if (!argument.startsWith('--') || (end !== -1 && position >= end)) return argument;
    const [flag = '', ...value] = argument.slice(2).split('=');
    return [`--${flag.replaceAll('-', '_')}`, ...value].join('=');
  });
}

function isWorthShowing(fallback: unknown): boolean {
  return fallback !== undefined && fallback !== false && fallback !== Number.MAX_SAFE_INTEGER;
}

function isRemembered(name: OptionName): boolean {
  return RUN_OPTIONS[name].ofThisCall !== true;
}

/** Of other options the last counts; of two manifests neither may be dropped in silence. */
function onlyOnce(value: string, earlier: string | undefined): string {
  if (earlier === undefined) return value;
  throw new ConfigError(
    'invalid_option',
    `--input_file is given twice, ${earlier} and ${value}; join them, or give a folder that has them in train, validation and test.`,
  );
}
