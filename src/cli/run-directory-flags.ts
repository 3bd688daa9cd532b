import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readOptionSources } from '../config/option-sources.ts';
import { ConfigError } from '../errors.ts';
import { locateRun } from '../run-directory/locate-run.ts';
import type { RunFiles } from '../run-directory/run-files.ts';

export interface RunDirectoryFlags {
  readonly output_dir?: string;
  readonly midi_checkpoint?: string;
  readonly text_checkpoint?: string;
}

/** Adds what says which run a command is about: an argument, or the options that `process` has too. */
export function addRunDirectory(command: Command): Command {
  return addRunDirectoryFlags(command.argument('[RUN_DIR]', 'the run directory (default: data/processed)'));
}

/** The options alone, for a command that has arguments of its own; `splitRunDirectory` finds the run among them. */
export function addRunDirectoryFlags(command: Command): Command {
  return command
    .option('--output_dir <DIR>', 'the run directory, in place of the argument')
    .option('--midi_checkpoint <FILE>', 'checkpoint of the MIDI stage (default: in the run directory)')
    .option('--text_checkpoint <FILE>', 'checkpoint of the text stage (default: in the run directory)');
}

/** The run that a command is about, with the same precedence as in `process`: argument or flag, environment, default. */
export function givenRun(directory: string | undefined, flags: RunDirectoryFlags): Promise<RunFiles> {
  return locateRun(
    readOptionSources({
      flags: {
        outputDir: runDirectoryOf(directory, flags),
        midiCheckpoint: flags.midi_checkpoint,
        textCheckpoint: flags.text_checkpoint,
      },
      environment: process.env,
      configFile: undefined,
    }),
  );
}

/** @throws ConfigError where argument and option name two directories, or the argument is a file. */
export function runDirectoryOf(directory: string | undefined, flags: RunDirectoryFlags): string | undefined {
  if (directory === undefined) return flags.output_dir;
  if (flags.output_dir !== undefined && resolve(flags.output_dir) !== resolve(directory)) {
    throw new ConfigError('invalid_option', `RUN_DIR is ${directory} and --output_dir ${flags.output_dir}; give one.`);
  }
  if (statSync(directory, { throwIfNoEntry: false })?.isFile() === true) {
    throw new ConfigError(
      'invalid_option',
      `RUN_DIR: ${directory} is a file, not a run directory; a manifest is named by --input_file.`,
    );
  }
  return directory;
}
