import { type Command, CommanderError } from 'commander';
import { errorText } from './error-text.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { withSnakeCaseFlags } from './run-flags.ts';
import { OutputClosed } from './write-text.ts';

/** Runs a command line and returns its exit status. Errors go to stderr as one line with their code. */
export async function runProgram(
  createProgram: (setExitCode: (code: number) => void, wanted?: string) => Promise<Command>,
  argv: readonly string[],
): Promise<number> {
  let exitCode: number = EXIT.complete;
  const program = await createProgram((code) => {
    exitCode = code;
  }, argv[0]);
  // Who writes to stdout is told in `writeText`. Of messages that cannot be written there is nowhere to speak, and a run goes
  // on without them: a terminal that was closed, a disk that is full.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  try {
    await program.parseAsync(withSnakeCaseFlags(argv), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.complete : EXIT.usage;
    if (error instanceof OutputClosed) return exitCode;
    process.stderr.write(`${errorText(error)}\n`);
    return exitCodeOf(error);
  }
}
