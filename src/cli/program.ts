import { Command } from 'commander';
import { ownPackage } from '../config/own-package.ts';
import { auditCaptionsCommand } from './audit-captions-command.ts';
import { auditSplitCommand } from './audit-split-command.ts';
import { cacheCommand } from './cache-command.ts';
import { checkpointCommand } from './checkpoint-command.ts';
import { completionCommand } from './completion-command.ts';
import { detokenizeCommand } from './detokenize-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { exportDatasetCommand } from './export-command.ts';
import { withHint } from './hints/with-hint.ts';
import { ignoredEnvironment } from './ignored-environment.ts';
import { inspectCommand } from './inspect-command.ts';
import { printable, printableLines } from './printable.ts';
import { processCommand } from './process-command.ts';
import { reportCommand } from './report-command.ts';
import { scanCommand } from './scan-command.ts';
import { statusCommand } from './status-command.ts';
import { trainTokenizerCommand } from './train-tokenizer-command.ts';
import { verifyCommand } from './verify-command.ts';

/** The command line. It throws instead of ending the process; the exit status of a command goes to `setExitCode`. */
export function createProgram(setExitCode: (code: number) => void): Command {
  const program = new Command('midiloom')
    .description('Turns collections of (MIDI file, text description) pairs into training-ready data sets.')
    .version(ownPackage().version);
  const commands = [
    processCommand(setExitCode, () => ignoredEnvironment(program, process.env)),
    statusCommand(),
    checkpointCommand(setExitCode),
    verifyCommand(setExitCode),
    exportDatasetCommand(),
    inspectCommand(),
    detokenizeCommand(),
    scanCommand(),
    trainTokenizerCommand(),
    auditSplitCommand(setExitCode),
    auditCaptionsCommand(setExitCode),
    reportCommand(),
    doctorCommand(),
    cacheCommand(),
    completionCommand(program),
  ];
  for (const command of commands) program.addCommand(command);
  // `process` says it in the format of its log.
  program.hook('preAction', (_, action) => {
    if (action.name() === 'process') return;
    for (const line of ignoredEnvironment(program, process.env)) process.stderr.write(`midiloom: ${printable(line)}\n`);
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
