import type { Command } from 'commander';
import { type GivenOptions, parseOptions, withDefaults } from '../config/run-config.ts';
import { type OptionName, RUN_OPTIONS, snakeCase } from '../config/run-options.ts';
import { type InputOptions, inputOptionsOf } from '../manifest/input-options.ts';
import { runFlag } from './run-flags.ts';

/** The options of `process` that say how an input is read. */
const INPUT_OPTIONS: readonly OptionName[] = [
  'midiRoot',
  'allowOutside',
  'midiField',
  'textField',
  'idField',
  'splitField',
  'captions',
  'captionsFile',
  'joinOn',
  'encoding',
  'offset',
  'limit',
  'sample',
  'seed',
  'maxFileMb',
];

/** Adds them to a command that reads an input without a run. */
export function addInputFlags(command: Command): Command {
  for (const name of INPUT_OPTIONS) command.addOption(runFlag(name));
  return command;
}

/**
 * What a command was told of its input, and what else of `process`'s options.
 *
 * @throws ConfigError `invalid_option`.
 */
export function givenInput(
  inputFile: string | undefined,
  flags: Readonly<Record<string, unknown>>,
  others: readonly OptionName[] = [],
): GivenOptions {
  const given = [...INPUT_OPTIONS, ...others].map((name) => [name, flags[snakeCase(name)]] as const);
  return parseOptions({ ...Object.fromEntries(given), inputFile }, (name) => `--${snakeCase(name)}`);
}

/** The same for a command that looks at MIDI files and captions itself; whether there are captions is for it to say. */
export function auditedInput(
  inputFile: string,
  flags: Readonly<Record<string, unknown>>,
): InputOptions & { readonly maxFileBytes: number } {
  const given = givenInput(inputFile, flags);
  const { maxFileMb = RUN_OPTIONS.maxFileMb.default } = withDefaults(given);
  const options = { ...inputOptionsOf(given), inputFile, textOptional: undefined };
  return { ...options, maxFileBytes: Math.floor(maxFileMb * 2 ** 20) };
}
