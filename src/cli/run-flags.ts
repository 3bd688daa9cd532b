import { type Command, Option } from 'commander';
import { environmentName } from '../config/option-sources.ts';
import { optionNames } from '../config/run-config.ts';
import { RUN_OPTIONS, snakeCase } from '../config/run-options.ts';

/** Longer lists of choices go into the text, so that the column of flags stays narrow. */
const LONGEST_PLACEHOLDER = 12;

/** Adds every run option to a command; values stay text, they are parsed where all sources are merged. */
export function addRunFlags(command: Command): Command {
  for (const name of optionNames()) {
    const { placeholder, help, default: fallback } = RUN_OPTIONS[name];
    const isLong = placeholder !== undefined && placeholder.length > LONGEST_PLACEHOLDER;
    const value = placeholder === undefined ? '' : ` <${isLong ? 'NAME' : placeholder}>`;
    const choices = isLong ? ` [${placeholder.replaceAll(/[|,]/g, ', ')}]` : '';
    const shown = isWorthShowing(fallback) ? ` (default: ${String(fallback)})` : '';
    command.addOption(new Option(`--${snakeCase(name)}${value}`, `${help}${choices}${shown}`));
  }
  return command.addHelpText(
    'after',
    `\nThe same names work with hyphens, as ${environmentName('batchSize')} and so on in the environment, and in the file of --config.`,
  );
}

/** What commander found, by camelCase name. */
export function givenRunFlags(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(optionNames().map((name) => [name, values[snakeCase(name)]]));
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
