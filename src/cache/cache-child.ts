import { type ChildProcess, fork } from 'node:child_process';
import type { CacheAnswer, CacheInfo, CacheRequest } from './cache-messages.ts';

/** Ends the process that maps a damaged file. */
const DAMAGE_SIGNALS: ReadonlySet<NodeJS.Signals> = new Set(['SIGBUS', 'SIGSEGV', 'SIGABRT', 'SIGILL', 'SIGFPE']);
/** A process that reads a file of any size tells every second that it does. */
const SILENCE_LIMIT_MS = 60_000;

/** How the process found the file. */
export type CacheStart =
  | { readonly kind: 'ready'; readonly child: CacheChild }
  | { readonly kind: 'broken' | 'unusable'; readonly reason: string };

interface Waiting {
  readonly resolve: (info: CacheInfo) => void;
  readonly reject: (error: Error) => void;
}

/** The process that has the cache's file. */
export class CacheChild {
  readonly #process: ChildProcess;
  readonly #waiting: Waiting[] = [];
  readonly #ended: Promise<void>;
  #death: Error | undefined;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on('message', (answer: CacheAnswer) => this.#take(answer));
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()));
  }

  static start(entry: URL, directory: string, limitBytes: number): Promise<CacheStart> {
    const forked = fork(entry, [directory, `${limitBytes}`], {
      serialization: 'advanced',
      // The library reports a failed commit on the console, too.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const child = new CacheChild(forked);
    return new Promise((resolve) => {
      const silence = setTimeout(() => {
        forked.kill('SIGKILL');
        settle({ kind: 'unusable', reason: `its process said nothing for ${SILENCE_LIMIT_MS / 1000} s` });
      }, SILENCE_LIMIT_MS);
      const settle = (start: CacheStart): void => {
        clearTimeout(silence);
        resolve(start);
      };
      forked.on('message', (answer: CacheAnswer) => {
        if (answer.kind === 'checking') silence.refresh();
        if (answer.kind === 'ready') settle({ kind: 'ready', child });
        if (answer.kind === 'broken' || answer.kind === 'unusable') settle(answer);
      });
      const die = (reason: string, kind: 'broken' | 'unusable'): void => {
        child.#die(new Error(reason));
        settle({ kind, reason });
      };
      // Node may emit two where it cannot even be spawned.
      forked.on('error', (error) => die(error.message, 'unusable'));
      forked.once('exit', (code, signal) =>
        die(
          `its process ended with ${signal ?? `status ${code}`}`,
          signal !== null && DAMAGE_SIGNALS.has(signal) ? 'broken' : 'unusable',
        ),
      );
    });
  }

  /** @throws Error where it could not be done, or the process has died. */
  ask(request: CacheRequest): Promise<CacheInfo> {
    if (this.#death !== undefined) return Promise.reject(this.#death);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.send(request);
    });
  }

  /** Returns when everything asked is done and the file is closed. */
  async close(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    await this.#ended;
  }

  #take(answer: CacheAnswer): void {
    if (answer.kind === 'done') this.#waiting.shift()?.resolve(answer.info);
    if (answer.kind === 'failed') this.#waiting.shift()?.reject(new Error(answer.reason));
  }

  #die(error: Error): void {
    this.#death = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
