import { type Command, Option as Flag } from 'commander';
import { numberIn, parseOption } from '../config/option.ts';
import { environmentName } from '../config/option-sources.ts';
import { snakeCase } from '../config/run-options.ts';
import type { LogLevel } from '../log.ts';
import type { StopLimits } from './interruption.ts';
import type { RunVoiceOptions } from './open-run-voice.ts';
import { LOG_LEVELS } from './terminal-log.ts';

/** The longest time that a timer can be set to, about. */
const MAX_SECONDS = 2_000_000;

const LOG_FORMATS = ['text', 'json'] as const;

const SECONDS = {
  grace: numberIn(
    'S',
    'seconds to finish and save after SIGTERM or SIGUSR1 (default: 30); then the run is ended where it is',
    30,
    { min: 0, max: MAX_SECONDS },
  ),
  maxRuntime: numberIn(
    'S',
    'stop before so many seconds are over, by --grace earlier, and exit 3, so that a scheduler queues the run again',
    MAX_SECONDS,
    { min: 0.001, max: MAX_SECONDS },
  ),
  progressInterval: numberIn(
    'S',
    'seconds between two lines about a stage where stderr is not a terminal (default: 10); 0 for one at every save',
    10,
    { min: 0, max: MAX_SECONDS },
  ),
};

/** The options of `process` that are about the terminal and the machine it runs on, not about the run. */
export interface TerminalFlags {
  readonly config?: string;
  readonly log_level: LogLevel;
  readonly log_format: (typeof LOG_FORMATS)[number];
  readonly log_file?: string;
  readonly progress_interval?: string;
  readonly verbose?: true;
  readonly quiet?: true;
  readonly grace?: string;
  readonly max_runtime?: string;
  readonly json?: true;
  readonly yes?: true;
  readonly no_input?: true;
}

export function addTerminalFlags(command: Command): Command {
  const fromEnvironment = (name: string, flags: string, help: string): Flag =>
    new Flag(flags, help).env(environmentName(name));
  return command
    .addOption(
      fromEnvironment(
        'config',
        '--config <FILE>',
        'a JSON object of options in snake_case; flags and environment go before it',
      ),
    )
    .addOption(
      fromEnvironment('logLevel', '--log_level <LEVEL>', 'what to say on stderr, and in --log_file')
        .choices(LOG_LEVELS)
        .default('info'),
    )
    .addOption(
      fromEnvironment('logFormat', '--log_format <FORMAT>', 'how to say it on stderr: to a person, or as JSON lines')
        .choices(LOG_FORMATS)
        .default('text'),
    )
    .addOption(
      fromEnvironment(
        'progressInterval',
        `--progress_interval <${SECONDS.progressInterval.placeholder}>`,
        SECONDS.progressInterval.help,
      ),
    )
    .addOption(new Flag('-v, --verbose', 'say everything: --log_level debug').conflicts('quiet'))
    .addOption(new Flag('-q, --quiet', 'only warnings and errors, and a summary only of a run that is not complete'))
    .addOption(
      fromEnvironment('logFile', '--log_file <FILE>', 'append messages and saves to this file, a JSON object a line'),
    )
    .addOption(fromEnvironment('grace', `--grace <${SECONDS.grace.placeholder}>`, SECONDS.grace.help))
    .addOption(
      fromEnvironment('maxRuntime', `--max_runtime <${SECONDS.maxRuntime.placeholder}>`, SECONDS.maxRuntime.help),
    )
    .option('--json', 'print the result as JSON')
    .option('--yes', 'take the default answer of every question')
    .option('--no_input', 'never ask; refuse where a question would be');
}

/** @throws ConfigError `invalid_option`. */
export function stopLimits({ grace, max_runtime }: TerminalFlags): StopLimits {
  return {
    graceS: secondsOf('grace', grace),
    maxRuntimeS: max_runtime === undefined ? undefined : secondsOf('maxRuntime', max_runtime),
  };
}

/** @throws ConfigError `invalid_option`. */
export function voiceOptions(flags: TerminalFlags): RunVoiceOptions {
  return {
    level: flags.verbose ? 'debug' : flags.quiet ? 'warning' : flags.log_level,
    format: flags.log_format,
    progressIntervalMs: secondsOf('progressInterval', flags.progress_interval) * 1000,
    file: flags.log_file,
  };
}

function secondsOf(name: keyof typeof SECONDS, value: string | undefined): number {
  return value === undefined ? SECONDS[name].default : parseOption(SECONDS[name], `--${snakeCase(name)}`, value);
}
