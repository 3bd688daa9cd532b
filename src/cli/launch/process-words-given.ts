import { Command, CommanderError } from 'commander';
import { readOptionSources } from '../../config/option-sources.ts';
import type { GivenOptions } from '../../config/run-config.ts';
import { ConfigError } from '../../errors.ts';
import { addRunFlags, givenRunFlags, withSnakeCaseFlags } from '../run-flags.ts';
import { addTerminalFlags, stopLimits, type TerminalFlags, voiceOptions } from '../terminal-flags.ts';

/** Options of the terminal that every task may be told. */
const PASSED = ['grace', 'log_level', 'log_format', 'progress_interval', 'verbose', 'quiet'] as const;
/** Those that are read here. */
const READ = ['config'] as const;

type Flags = TerminalFlags & Readonly<Record<string, unknown>>;

/** Options of `process` that stand behind the `--` of another command. */
export interface WordsBehind {
  readonly given: GivenOptions;
  /** What is passed on of the terminal's options, as words. */
  readonly terminal: readonly string[];
}

/**
 * Reads options of `process` with the precedence that they have there: words, environment, the file of --config.
 *
 * @throws ConfigError `invalid_option` and so on, as `process` would.
 */
export function readProcessWords(words: readonly string[]): WordsBehind {
  const command = addTerminalFlags(addRunFlags(new Command('process').helpOption(false)));
  command.exitOverride().configureOutput({ outputError: () => {} });
  try {
    command.parse(withSnakeCaseFlags(words), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new ConfigError('invalid_option', `Behind the --: ${error.message.replace(/^error: /, '')}`);
  }
  const flags = command.opts<Flags>();
  const typed = Object.keys(flags).filter((name) => command.getOptionValueSource(name) === 'cli');
  refuseOthers(typed);
  stopLimits(flags);
  voiceOptions(flags);
  const given = readOptionSources({
    flags: givenRunFlags(flags),
    environment: process.env,
    configFile: flags.config,
  });
  const terminal = PASSED.filter((name) => typed.includes(name)).map((name) =>
    flags[name] === true ? `--${name}` : `--${name}=${String(flags[name])}`,
  );
  return { given, terminal };
}

/** What is about one terminal says nothing to tasks. */
function refuseOthers(typed: readonly string[]): void {
  const ofTerminal = new Set(addTerminalFlags(new Command()).options.map((option) => option.attributeName()));
  const allowed: ReadonlySet<string> = new Set([...PASSED, ...READ]);
  const refused = typed.find(
    (name) => name === 'dry_run' || name === 'resume' || (ofTerminal.has(name) && !allowed.has(name)),
  );
  if (refused === undefined) return;
  const before = refused === 'dry_run' || refused === 'json' ? '; give it before the --' : '';
  throw new ConfigError('invalid_option', `--${refused} is not an option of tasks${before}.`);
}
