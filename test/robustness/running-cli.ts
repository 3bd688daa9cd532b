import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CliResult } from '../cli/run-cli.ts';

export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Options of Node itself. */
  readonly nodeArguments?: readonly string[];
}

/** A command line that is going on, to be disturbed at what it says. */
export class RunningCli {
  readonly child: ChildProcess;
  readonly ended: Promise<CliResult>;
  #stdout = '';
  #stderr = '';
  readonly #listeners = new Set<() => void>();

  constructor(args: readonly string[], { env, nodeArguments = [] }: StartOptions = {}) {
    const child = spawn(process.execPath, [...nodeArguments, MAIN, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#tell();
    });
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr }));
    });
    void this.ended.finally(() => this.#tell()).catch(() => {}); // whoever awaits `ended` has the error
  }

  /** What it has said on stderr so far. */
  get said(): string {
    return this.#stderr;
  }

  /** Resolves to true when stderr matches, to false when the program ends without that. */
  saying(pattern: RegExp): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (): void => {
        const isSaid = pattern.test(this.#stderr);
        if (!isSaid && this.child.exitCode === null && this.child.signalCode === null) return;
        this.#listeners.delete(look);
        resolve(isSaid);
      };
      this.#listeners.add(look);
      look();
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
