import { Command } from 'commander';
import { readOptionSources } from '../config/option-sources.ts';
import { type ProcessOptions, runPaths } from '../config/run-config.ts';
import { codeOf } from '../errors.ts';
import { runOverview } from '../operations/run-overview.ts';
import { processPairs } from '../pipeline/process-pairs.ts';
import type { RunResult } from '../pipeline/run-result.ts';
import { runFilesOf } from '../run-directory/run-files.ts';
import { ask } from './ask.ts';
import { EXIT } from './exit-code.ts';
import { listenForInterruption, type StopReason, stopExitCode } from './interruption.ts';
import { overviewText } from './overview-text.ts';
import { printResult } from './print-result.ts';
import { openProgressDisplay } from './progress-display.ts';
import { addRunFlags, givenRunFlags } from './run-flags.ts';
import { openRunLog } from './run-log.ts';
import { summaryText } from './summary-text.ts';
import { addTerminalFlags, stopLimits, type TerminalFlags } from './terminal-flags.ts';

export function processCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('process').description(
    'turn a manifest of pairs into a data set; resumes where a run stopped',
  );
  return addTerminalFlags(addRunFlags(command)).action(async (flags: TerminalFlags & Record<string, unknown>) => {
    const options = readOptionSources({
      flags: givenRunFlags(flags),
      environment: process.env,
      configFile: flags.config,
    });
    await runProcess(options, flags, setExitCode);
  });
}

async function runProcess(
  options: ProcessOptions,
  flags: TerminalFlags,
  setExitCode: (code: number) => void,
): Promise<void> {
  const display = openProgressDisplay(process.stderr);
  const { line } = display;
  const runLog = openRunLog({ level: flags.log_level, file: flags.log_file, isTerminal: process.stderr.isTTY, line });
  const interruption = listenForInterruption(stopLimits(flags), line);
  try {
    const run = (how: ProcessOptions): Promise<RunResult> =>
      processPairs(how, {
        signal: interruption.signal,
        onEvent: (event) => {
          display.show(event);
          runLog.event(event);
        },
        log: runLog.log,
      });
    const result = await run(options).catch((error: unknown) => {
      if (codeOf(error) !== 'checkpoint_exists') throw error;
      return resumeIfWanted(error, options, flags, run);
    });
    display.end();
    setExitCode(exitCodeFor(result, interruption.received()));
    await printResult(result, flags, summaryText);
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
    : await ask(
        `An earlier run is here: ${overviewText(await runOverview(runFilesOf(runPaths(options)), new Date()))}.\n` +
          'Continue it, restart from nothing, or quit?',
        ['continue', 'restart', 'quit'],
      );
  if (answer === 'continue') return run({ ...options, mode: 'continue' });
  if (answer === 'restart') return run({ ...options, forceRestart: true });
  throw refusal;
}

function exitCodeFor(result: RunResult, received: StopReason | undefined): number {
  if (result.status === 'interrupted' && received !== undefined) return stopExitCode(received);
  return result.status === 'complete' && !result.tooManyFailed ? EXIT.complete : EXIT.incomplete;
}
