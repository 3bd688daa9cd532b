import type { Command } from 'commander';
import { readOptionSources } from '../config/option-sources.ts';
import { runPaths } from '../config/run-config.ts';
import { type RunFiles, runFilesOf } from '../run-directory/run-files.ts';

export interface RunDirectoryFlags {
  readonly output_dir?: string;
  readonly midi_checkpoint?: string;
  readonly text_checkpoint?: string;
}

/** Adds the options that say which run a command is about. */
export function addRunDirectoryFlags(command: Command): Command {
  return command
    .option('--output_dir <DIR>', 'the run directory (default: data/processed)')
    .option('--midi_checkpoint <FILE>', 'checkpoint of the MIDI stage (default: in the run directory)')
    .option('--text_checkpoint <FILE>', 'checkpoint of the text stage (default: in the run directory)');
}

/** The same precedence as in `process`: flag, environment, default. */
export function givenRunFiles(flags: RunDirectoryFlags): RunFiles {
  const options = readOptionSources({
    flags: {
      outputDir: flags.output_dir,
      midiCheckpoint: flags.midi_checkpoint,
      textCheckpoint: flags.text_checkpoint,
    },
    environment: process.env,
    configFile: undefined,
  });
  return runFilesOf(runPaths(options));
}
