import { Command } from 'commander';
import { readOptionSources } from '../config/option-sources.ts';
import type { ProcessOptions } from '../config/run-config.ts';
import { ConfigError, codeOf } from '../errors.ts';
import { processPairs } from '../pipeline/process-pairs.ts';
import type { RunResult } from '../pipeline/run-result.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { listenForInterruption, type StopReason, stopExitCode } from './interruption.ts';
import { openRunVoice } from './open-run-voice.ts';
import { printResult } from './print-result.ts';
import { type RunDirectoryFlags, runDirectoryOf } from './run-directory-flags.ts';
import { addRunFlags, givenRunFlags } from './run-flags.ts';
import { STANDARD_INPUT, saveStandardInput } from './save-standard-input.ts';
import { summaryText } from './summary-text.ts';
import { addTerminalFlags, stopLimits, type TerminalFlags, voiceOptions } from './terminal-flags.ts';
import { OutputClosed } from './write-text.ts';

type ProcessFlags = RunDirectoryFlags & TerminalFlags & Record<string, unknown>;

/** @param warnings - what is to be said before a run, in the format of its log. */
export function processCommand(
  setExitCode: (code: number) => void,
  warnings: () => Promise<readonly string[]>,
): Command {
  const command = new Command('process').description(
    'turn a manifest of pairs into a data set; resumes where a run stopped',
  );
  command.argument('[RUN_DIR]', 'the run directory, in place of --output_dir');
  return addTerminalFlags(addRunFlags(command)).action((directory: string | undefined, flags: ProcessFlags) =>
    processAs(directory, flags, { setExitCode, warnings }),
  );
}

interface Surroundings {
  readonly setExitCode: (code: number) => void;
  readonly warnings: () => Promise<readonly string[]>;
}

async function processAs(
  directory: string | undefined,
  flags: ProcessFlags,
  { setExitCode, warnings }: Surroundings,
): Promise<void> {
  const limits = stopLimits(flags);
  const voice = openRunVoice(voiceOptions(flags));
  const notice = (message: string): void => voice.event({ type: 'notice', message });
  for (const warning of await warnings()) notice(warning);
  const interruption = listenForInterruption(limits, notice);
  try {
    const given = readOptionSources({
      flags: { ...givenRunFlags(flags), outputDir: runDirectoryOf(directory, flags), mode: modeOf(flags) },
      environment: process.env,
      configFile: flags.config,
    });
    if (flags.dry_run === true && given.inputFile === STANDARD_INPUT) {
      throw new ConfigError(
        'invalid_option',
        '--dry_run writes nothing, so it cannot keep standard input; give a file.',
      );
    }
    const options = await saveStandardInput(given, process.stdin);
    if (flags.dry_run === true) {
      const [{ planRun }, { planText }] = await Promise.all([
        import('../operations/plan/plan-run.ts'),
        import('./plan-text.ts'),
      ]);
      await printResult(await planRun(options, { signal: interruption.signal }), flags, planText, true);
      return;
    }
    const run = (how: ProcessOptions): Promise<RunResult> =>
      processPairs(how, { signal: interruption.signal, onEvent: voice.event, log: voice.log });
    const result = await run(options).catch((error: unknown) => {
      if (codeOf(error) !== 'checkpoint_exists') throw error;
      voice.pause();
      return resumeIfWanted(error, options, { flags, run, signal: interruption.signal });
    });
    voice.end();
    if (result === undefined) {
      setExitCode(stopExitCode(interruption.received() ?? 'SIGINT'));
      return;
    }
    setExitCode(exitCodeFor(result, interruption.received()));
    await printResult(result, flags, summaryText, !isGood(result));
  } catch (error) {
    if (error instanceof OutputClosed) throw error;
    voice.end();
    const stoppedBy = error === interruption.signal.reason ? interruption.received() : undefined;
    if (stoppedBy === undefined) {
      setExitCode(exitCodeOf(error));
      voice.error(error);
    } else {
      setExitCode(stopExitCode(stoppedBy));
      notice('stopped before anything was processed; what has come of the text model is kept, and gone on with');
    }
  } finally {
    voice.end();
    interruption.end();
  }
}

interface Asking {
  readonly flags: TerminalFlags;
  readonly run: (options: ProcessOptions) => Promise<RunResult>;
  readonly signal: AbortSignal;
}

/** `--mode start` found a checkpoint. On a terminal the user decides, also to leave all as it is; elsewhere the refusal stands. */
async function resumeIfWanted(
  refusal: unknown,
  options: ProcessOptions,
  { flags, run, signal }: Asking,
): Promise<RunResult | undefined> {
  const mayAsk = process.stdin.isTTY && process.stderr.isTTY && !flags.no_input;
  if (!mayAsk && !flags.yes) throw refusal;
  const answer = flags.yes
    ? 'continue'
    : await (await import('./ask-whether-to-resume.ts')).askWhetherToResume(options, signal);
  if (answer === 'continue') return run({ ...options, mode: 'continue' });
  if (answer === 'restart') return run({ ...options, forceRestart: true });
  process.stderr.write('Nothing was changed.\n');
  return undefined;
}

/** `--resume` says what `--mode continue` does. */
function modeOf({ mode, resume }: ProcessFlags): unknown {
  if (resume !== true) return mode;
  if (mode === undefined || mode === 'continue') return 'continue';
  throw new ConfigError('invalid_option', `--resume is --mode continue, and --mode ${String(mode)} is given too.`);
}

function exitCodeFor(result: RunResult, received: StopReason | undefined): number {
  if (result.status === 'interrupted' && received !== undefined) return stopExitCode(received);
  return isGood(result) ? EXIT.complete : EXIT.incomplete;
}

function isGood({ status, tooManyFailed, nothingSucceeded }: RunResult): boolean {
  return status === 'complete' && !tooManyFailed && !nothingSucceeded;
}
