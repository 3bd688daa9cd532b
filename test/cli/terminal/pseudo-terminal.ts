import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const WAIT_MS = 60_000;

/** Why this machine has no pseudo-terminal for a test; `undefined` where it has. Printed, so that a skip is seen. */
export function missingTerminal(): string | undefined {
  const { stdout, error } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  if (error === undefined && stdout.includes('util-linux')) return undefined;
  const reason = 'tests on a pseudo-terminal need `script` of util-linux';
  console.warn(`skipped: ${reason}`);
  return reason;
}

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A program on a real pseudo-terminal, and a terminal emulator that tells what a person sees. */
export class PseudoTerminal {
  readonly #child: ChildProcess;
  readonly #emulator: InstanceType<typeof xterm.Terminal>;
  /** The exit status of the program. */
  readonly ended: Promise<number | null>;
  /** Everything that came, escape sequences and all. */
  raw = '';

  constructor(command: string, { columns = 80, rows = 24, cwd, env }: TerminalOptions = {}) {
    this.#emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 500, allowProposedApi: true });
    const inTerminal = `echo "on $(tty) "; stty cols ${columns} rows ${rows}; exec ${command}`;
    const { NO_COLOR: _, ...inherited } = process.env;
    this.#child = spawn('script', ['-qfec', inTerminal, '/dev/null'], {
      cwd,
      env: { ...inherited, TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (bytes: Buffer) => {
      this.raw += bytes.toString();
      this.#emulator.write(bytes);
    });
    this.#child.stdin?.on('error', () => {}); // typed after the program ended
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', resolve);
    });
    onTestFinished(() => {
      this.#child.kill('SIGKILL');
      this.#emulator.dispose();
    });
  }

  /** The command line of midiloom. */
  static midiloom(args: readonly string[], options: TerminalOptions = {}): PseudoTerminal {
    return new PseudoTerminal([process.execPath, MAIN, ...args].map(quoted).join(' '), options);
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** What stands on the screen and above it, without the line that names the terminal. */
  async screen(): Promise<string[]> {
    await new Promise<void>((resolve) => this.#emulator.write('', resolve));
    const { active } = this.#emulator.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, at) => active.getLine(at)?.translateToString(true) ?? '',
    ).slice(1);
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }

  /** Waits until the screen matches. */
  async showing(pattern: RegExp): Promise<string[]> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const lines = await this.screen();
      if (pattern.test(lines.join('\n'))) return lines;
      if (performance.now() > deadline) throw new Error(`${pattern} did not come; there is\n${lines.join('\n')}`);
      await pause(20);
    }
  }

  /** A person pulls the window to another size. */
  resize(columns: number, rows = 24): void {
    this.#emulator.resize(columns, rows);
    const [, name = ''] = /on (\/dev\/\S+) /.exec(this.raw) ?? [];
    const { status, stderr } = spawnSync('stty', ['-F', name, 'cols', String(columns), 'rows', String(rows)]);
    if (status !== 0) throw new Error(`stty: ${stderr}`);
  }

  /** The window is closed. */
  hangUp(): void {
    this.#child.kill('SIGKILL');
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
