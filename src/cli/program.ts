import { join } from 'node:path';
import { Command } from 'commander';
import { ownPackage } from '../config/own-package.ts';
import { COMMANDS } from './commands.ts';
import { withHint } from './hints/with-hint.ts';
import { ignoredEnvironment } from './ignored-environment.ts';
import { printable, printableLines } from './printable.ts';

/** What a manual page has besides commands and options. */
const MANUAL = `
A first run:
  midiloom scan pairs.jsonl                       what is there, and the command to run
  midiloom process --input_file pairs.jsonl --output_dir run
  midiloom status run                             also while it is going
  midiloom dashboard --open                       all runs below this folder in a browser
  midiloom process run                            again: goes on where it stopped

  A line of pairs.jsonl: {"midi_file": "midi/1.mid", "text_description": "A slow waltz in D minor."}
  midiloom COMMAND --help has the options of a command; results go to stdout, all else to stderr.

Files of a run:
  run/dataset/          the data set, its card, failures.jsonl, recipe.json, SHA256SUMS
  run/report.html       a page to look at it and listen to it
  run/run.json          how the run was made
  run/*_checkpoint.json how far it is, and the folders beside them what is done

Environment:
  MIDILOOM_NAME         an option of process, such as MIDILOOM_BATCH_SIZE
  HF_ENDPOINT, HF_TOKEN a mirror of the Hugging Face hub; a token for it
  NO_COLOR              no colour, as where stderr is not a terminal

Exit status:
  0  complete                                5  checkpoint refused
  1  unexpected                              6  storage, checkpoint intact
  2  usage, configuration or manifest        7  something needed is missing
  3  incomplete, or too many pairs failed    129, 130, 143  stopped by a signal,
  4  another run holds the directory            everything finished is saved

Documentation: ${join(ownPackage().directory, 'docs')}, README.md beside it`;

/**
 * The command line. It throws instead of ending the process; the exit status of a command goes to `setExitCode`.
 *
 * @param wanted - the only command that is loaded, where there is one of this name.
 */
export async function createProgram(setExitCode: (code: number) => void, wanted = ''): Promise<Command> {
  const program = new Command('midiloom')
    .description('Turns collections of (MIDI file, text description) pairs into training-ready data sets.')
    .version(ownPackage().version);
  const all = () => createProgram(setExitCode);
  const warnings = () => ignoredEnvironment(program, process.env, all);
  for (const name of Object.hasOwn(COMMANDS, wanted) ? [wanted] : Object.keys(COMMANDS)) {
    const command = await COMMANDS[name]?.({ setExitCode, warnings, program: all });
    if (command !== undefined) program.addCommand(command);
  }
  program.addHelpText('after', MANUAL);
  // `process` says it in the format of its log.
  program.hook('preAction', async (_, action) => {
    if (action.name() === 'process') return;
    for (const line of await warnings()) process.stderr.write(`midiloom: ${printable(line)}\n`);
  });
  speakThroughUs(program);
  return program;
}

/** Errors of the command line are thrown, and what they quote of it cannot act on a terminal. */
function speakThroughUs(command: Command): void {
  command.exitOverride();
  command.configureOutput({
    writeErr: (text) => {
      process.stderr.write(printableLines(text));
    },
    outputError: (text, write) => write(withHint(text, command)),
  });
  for (const child of command.commands) speakThroughUs(child);
}
