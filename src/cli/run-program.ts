import { type Command, CommanderError } from 'commander';
import { codeOf, MidiloomError } from '../errors.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { printable } from './printable.ts';
import { withSnakeCaseFlags } from './run-flags.ts';

/** Runs a command line and returns its exit status. Errors go to stderr as one line with their code. */
export async function runProgram(
  createProgram: (setExitCode: (code: number) => void) => Command,
  argv: readonly string[],
): Promise<number> {
  let exitCode: number = EXIT.complete;
  const program = createProgram((code) => {
    exitCode = code;
  });
  // A reader that stops reading (head, a closed pager) ends the output, not the run.
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  try {
    await program.parseAsync(withSnakeCaseFlags(argv), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.complete : EXIT.usage;
    process.stderr.write(`${errorText(error)}\n`);
    return exitCodeOf(error);
  }
}

function errorText(error: unknown): string {
  if (error instanceof MidiloomError) return `midiloom: ${printableLines(error.message)} [${error.code}]`;
  return `midiloom: unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

function ignoreClosedPipe(error: Error): void {
  if (codeOf(error) !== 'EPIPE') throw error;
}
