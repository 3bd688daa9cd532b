import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MissingError } from '../errors.ts';
import type { BatchResult } from '../worker/batch-result.ts';
import type { EncoderSettings, FromEncoder, TextJob, ToEncoder } from '../worker/text-messages.ts';
import { isolateCrashes } from './isolate-crashes.ts';
import { TimedOut } from './timed-out.ts';

/** The encoder process of the text stage. */
export interface EncoderClient {
  /** @throws MissingError when the encoder cannot be had. */
  run(jobs: readonly TextJob[]): Promise<BatchResult>;
  close(): Promise<void>;
}

export interface EncoderClientOptions {
  /** Longest time for a window of texts, besides a second for each text; the process is killed when it is over. */
  readonly taskTimeoutMs: number;
}

/** On a slow processor a text of the model's full length takes well under this. */
const MS_PER_TEXT = 1000;

/**
 * Encodes in a process of its own, started at the first batch: ending a thread that is inside onnxruntime would abort
 * the whole program (RELIABILITY.md), ending a process does not. A process that dies is replaced and its batch is tried
 * again.
 */
export function createEncoderClient(settings: EncoderSettings, { taskTimeoutMs }: EncoderClientOptions): EncoderClient {
  let current: Promise<EncoderProcess> | undefined;
  const startOnce = (): Promise<EncoderProcess> => {
    const forget = (): void => {
      current = undefined;
    };
    if (current === undefined) {
      current = EncoderProcess.start(settings, taskTimeoutMs, forget);
      current.catch(forget);
    }
    return current;
  };
  return {
    run: isolateCrashes(
      async (jobs: readonly TextJob[]) => (await startOnce()).encode(jobs),
      (crash) => (crash instanceof TimedOut ? 'text_timeout' : 'text_encoder_crashed'),
    ),
    close: async () => (await current)?.stop(),
  };
}

interface Waiting {
  readonly limitMs: number;
  readonly resolve: (result: BatchResult) => void;
  readonly reject: (error: Error) => void;
}

class EncoderProcess {
  readonly #process: ChildProcess;
  readonly #taskTimeoutMs: number;
  /** In the order in which the process works. */
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #deadline: NodeJS.Timeout | undefined;
  #timedOut: TimedOut | undefined;

  private constructor(process: ChildProcess, taskTimeoutMs: number, onDeath: () => void) {
    this.#process = process;
    this.#taskTimeoutMs = taskTimeoutMs;
    process.on('message', (message: FromEncoder) => this.#receive(message));
    process.once('exit', (code, signal) => {
      onDeath();
      this.#rejectWaiting(this.#timedOut ?? new Error(`the encoder process ended (${signal ?? `exit ${code}`})`));
    });
  }

  static start(settings: EncoderSettings, taskTimeoutMs: number, onDeath: () => void): Promise<EncoderProcess> {
    const entry = fileURLToPath(new URL('../worker/encoder-process.js', import.meta.url));
    // 'advanced' sends typed arrays as they are; the results of a batch are one of them.
    const process = fork(entry, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return new Promise((resolve, reject) => {
      process.once('error', reject);
      process.once('exit', (code, signal) =>
        reject(new Error(`the encoder process ended before it was ready (${signal ?? `exit ${code}`})`)),
      );
      process.once('message', (message: FromEncoder) => {
        process.removeAllListeners('exit');
        if (message.type === 'ready') resolve(new EncoderProcess(process, taskTimeoutMs, onDeath));
        else if (message.type === 'refused') reject(new MissingError(message.code, message.error));
      });
      send(process, { type: 'start', settings });
    });
  }

  encode(jobs: readonly TextJob[]): Promise<BatchResult> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, limitMs: this.#taskTimeoutMs + MS_PER_TEXT * jobs.length });
      if (this.#waiting.size === 1) this.#watchFirst();
      send(this.#process, { type: 'encode', id, jobs });
    });
  }

  /** The process ends by itself when its channel closes. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.disconnect();
    });
  }

  #receive(message: FromEncoder): void {
    if (message.type !== 'result') return;
    this.#waiting.get(message.id)?.resolve(message.result);
    this.#waiting.delete(message.id);
    this.#watchFirst();
  }

  /** The process works on one window at a time; the time of the others has not begun. */
  #watchFirst(): void {
    clearTimeout(this.#deadline);
    const [first] = this.#waiting.values();
    if (first === undefined) return;
    this.#deadline = setTimeout(() => {
      this.#timedOut = new TimedOut(first.limitMs);
      this.#process.kill('SIGKILL');
    }, first.limitMs);
  }

  #rejectWaiting(reason: Error): void {
    clearTimeout(this.#deadline);
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

function send(process: ChildProcess, message: ToEncoder): void {
  // A failed send means that the process is gone; its 'exit' rejects whatever waits.
  process.send(message, () => {});
}
