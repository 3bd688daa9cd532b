import { Command, Option } from 'commander';
import { readOptionSources } from '../config/option-sources.ts';
import type { ProcessOptions } from '../config/run-config.ts';
import { codeOf } from '../errors.ts';
import { processPairs } from '../pipeline/process-pairs.ts';
import type { RunResult } from '../pipeline/run-result.ts';
import { ask } from './ask.ts';
import { EXIT } from './exit-code.ts';
import { listenForInterruption } from './interruption.ts';
import { openProgressDisplay } from './progress-display.ts';
import { addRunFlags, givenRunFlags } from './run-flags.ts';
import { summaryText } from './summary-text.ts';
import { LOG_LEVELS, terminalLog } from './terminal-log.ts';

interface TerminalFlags {
  readonly config?: string;
  readonly log_level: (typeof LOG_LEVELS)[number];
  readonly json?: true;
  readonly yes?: true;
  readonly no_input?: true;
}

export function processCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('process').description(
    'turn a manifest of pairs into a data set; resumes where a run stopped',
  );
  return addRunFlags(command)
    .option('--config <FILE>', 'a JSON object of options in snake_case; flags and environment go before it')
    .addOption(
      new Option('--log_level <LEVEL>', 'what to say on stderr')
        .choices(LOG_LEVELS)
        .default('info')
        .env('MIDILOOM_LOG_LEVEL'),
    )
    .option('--json', 'print the result as JSON')
    .option('--yes', 'take the default answer of every question')
    .option('--no_input', 'never ask; refuse where a question would be')
    .action(async (flags: TerminalFlags & Record<string, unknown>) => {
      const options = readOptionSources({
        flags: givenRunFlags(flags),
        environment: process.env,
        configFile: flags.config ?? process.env.MIDILOOM_CONFIG,
      });
      setExitCode(await runProcess(options, flags));
    });
}

async function runProcess(options: ProcessOptions, flags: TerminalFlags): Promise<number> {
  const display = openProgressDisplay(process.stderr);
  const interruption = listenForInterruption(display.line);
  try {
    const run = (how: ProcessOptions): Promise<RunResult> =>
      processPairs(how, {
        signal: interruption.signal,
        onEvent: display.show,
        log: terminalLog(flags.log_level, display.line),
      });
    const result = await run(options).catch((error: unknown) => {
      if (codeOf(error) !== 'checkpoint_exists') throw error;
      return resumeIfWanted(error, options, flags, run);
    });
    display.end();
    process.stdout.write(flags.json ? `${JSON.stringify(result, null, 2)}\n` : summaryText(result));
    return exitCodeFor(result, interruption.received());
  } finally {
    display.end();
    interruption.end();
  }
}

/** `--mode start` found a checkpoint. On a terminal the user decides; elsewhere the refusal stands. */
async function resumeIfWanted(
  refusal: unknown,
  options: ProcessOptions,
  flags: TerminalFlags,
  run: (options: ProcessOptions) => Promise<RunResult>,
): Promise<RunResult> {
  const mayAsk = process.stdin.isTTY && process.stderr.isTTY && !flags.no_input;
  if (!mayAsk && !flags.yes) throw refusal;
  const answer = flags.yes
    ? 'continue'
    : await ask('A checkpoint of an earlier run is here. Continue it, restart from nothing, or quit?', [
        'continue',
        'restart',
        'quit',
      ]);
  if (answer === 'continue') return run({ ...options, mode: 'continue' });
  if (answer === 'restart') return run({ ...options, forceRestart: true });
  throw refusal;
}

function exitCodeFor(result: RunResult, received: 'SIGINT' | 'SIGTERM' | undefined): number {
  if (result.status === 'interrupted' && received !== undefined) return EXIT.interrupted[received];
  return result.status === 'complete' && !result.tooManyFailed ? EXIT.complete : EXIT.incomplete;
}
