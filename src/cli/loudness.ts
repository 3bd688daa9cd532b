import { type Command, Option } from 'commander';
import type { Log } from '../log.ts';
import { terminalLog } from './terminal-log.ts';

export interface QuietFlag {
  readonly quiet?: true;
}

export interface LoudnessFlags extends QuietFlag {
  readonly verbose?: true;
}

/** `-q` as of `process`: for a command whose result is that all is well, or that what was asked for is done. */
export function addQuiet(command: Command): Command {
  return command.addOption(
    new Option('-q, --quiet', 'only warnings and errors, and the result only if it is not good'),
  );
}

/** The same and `-v`, for a command that has more to say of what it does. */
export function addLoudness(command: Command): Command {
  return addQuiet(command).addOption(new Option('-v, --verbose', 'say everything that is done').conflicts('quiet'));
}

/** What a command says on stderr beside its result. */
export function logOf({ verbose, quiet }: LoudnessFlags): Log {
  return terminalLog(verbose ? 'debug' : quiet ? 'error' : 'warning', (line) => {
    process.stderr.write(`${line}\n`);
  });
}
