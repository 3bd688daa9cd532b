import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a call of midiloom ended. */
export interface ChildEnd {
  /** As a shell has it: 128 and the signal's number where one ended it. */
  readonly status: number;
  /** The last line that it wrote to stderr. */
  readonly lastLine: string;
}

/** A queue's address is nothing for what it starts. */
const SECRET = 'MIDILOOM_REDIS';
const LONGEST_LINE = 1000;
const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGKILL: 9,
  SIGTERM: 15,
  SIGABRT: 6,
  SIGSEGV: 11,
  SIGBUS: 7,
};

/**
 * Runs midiloom in a process of its own and passes its stderr on by lines. Aborting `signal` asks it to save and end; it is killed
 * when this process ends before it.
 */
export async function runChild(
  [program = '', ...words]: readonly string[],
  { signal, onLine }: { readonly signal: AbortSignal; readonly onLine: (line: string) => void },
): Promise<ChildEnd> {
  const { [SECRET]: _, ...env } = process.env;
  // In a group of its own: Ctrl-C in a terminal would reach it twice, the second time to end it at once.
  const child = spawn(program, words, { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const stop = (): boolean => child.kill('SIGTERM');
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let lastLine = '';
  const lines = createInterface({ input: child.stderr, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (line) => {
    if (line.trim() !== '') lastLine = line.slice(0, LONGEST_LINE);
    onLine(line);
  });
  try {
    const [status, byDefault] = await new Promise<readonly [number | null, NodeJS.Signals | null]>(
      (resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code, name) => resolve([code, name]));
      },
    );
    return { status: status ?? 128 + (byDefault === null ? 0 : (SIGNALS[byDefault] ?? 0)), lastLine };
  } finally {
    process.off('exit', kill);
    signal.removeEventListener('abort', stop);
  }
}
