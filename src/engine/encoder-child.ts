import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError, MissingError } from '../errors.ts';
import type { ProviderName } from '../text/encoders/transformers/execution-provider.ts';
import type { ProviderChange } from '../text/encoders/transformers/model-device.ts';
import type { ProviderProbe } from '../text/encoders/transformers/probe-providers.ts';
import type { BatchResult } from '../worker/batch-result.ts';
import type { EncoderSettings, FromEncoder, Refusal, TextJob, ToEncoder } from '../worker/text-messages.ts';
import { LastWords } from './last-words.ts';
import { TimedOut } from './timed-out.ts';

export interface EncoderChildOptions {
  /** The program, as in `worker/encoder-process.ts`. */
  readonly entry: URL;
  /** Longest time for loading the encoder, besides that of its first window. */
  readonly startLimitMs: number;
  /** Longest time for a window of texts, besides a second for each text. */
  readonly taskTimeoutMs: number;
  readonly onReady: (device: ProviderName | undefined, probes: readonly ProviderProbe[]) => void;
  readonly onProviderChange: (change: ProviderChange) => void;
  /** A line that the process wrote to its stderr: a warning of a library, as a rule. */
  readonly onSaid: (line: string) => void;
  readonly onEnd: (reason: Error) => void;
}

/** The encoder could not be loaded, for a reason that is not known to be the user's. */
export class StartFailed extends Error {}
/** The process lives, but could not encode a window. */
export class WindowFailed extends Error {}

/** On a slow processor a text of the model's full length takes well under this. */
const MS_PER_TEXT = 1000;
/** What a process that was told to end may take for it. */
const EXIT_LIMIT_MS = 5000;
const LAST_WORDS_LIMIT_MS = 500;

interface Waiting {
  readonly limitMs: number;
  readonly resolve: (result: BatchResult) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One encoder process. It loads the encoder at once, works on one window at a time in the order given, and is killed when
 * it takes too long.
 */
export class EncoderChild {
  readonly #mayStartOnGpu: boolean;
  readonly #process: ChildProcess;
  readonly #options: EncoderChildOptions;
  readonly #ended: Promise<void>;
  /** In the order in which the process works. */
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #isReady = false;
  #device: ProviderName | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #endReason: Error | undefined;
  #windowsDone = 0;
  #firstRssBytes: number | undefined;
  #rssBytes = 0;
  #whenIdle: (() => void) | undefined;

  constructor(settings: EncoderSettings, options: EncoderChildOptions) {
    this.#mayStartOnGpu = settings.encoder.name === 'transformers' && settings.encoder.useGpu;
    this.#options = options;
    // 'advanced' sends typed arrays as they are; the results of a window are one of them.
    this.#process = fork(options.entry, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    // Without descriptors for its pipes Node spawns nothing, and leaves out what a child has.
    const stderr: Readable | null | undefined = this.#process.stderr;
    const lastWords = stderr == null ? undefined : new LastWords(stderr, options.onSaid);
    this.#process.on('message', (message: FromEncoder) => this.#receive(message));
    this.#ended = new Promise((resolve) => {
      let hasEnded = false;
      const end = (how: string) => {
        if (hasEnded) return;
        hasEnded = true;
        this.#end(`the encoder process ${how}`);
        resolve();
      };
      // Node emits two where it cannot even be spawned.
      this.#process.on('error', (error) => end(`cannot be started: ${error.message}`));
      this.#process.once('exit', async (code, signal) => {
        // Its last words may still be on their way; a process that it left behind may keep them open.
        await Promise.race([once(this.#process, 'close'), pause(LAST_WORDS_LIMIT_MS)]);
        const reason = lastWords?.reason();
        end(`ended (${signal ?? `exit ${code}`}${reason === undefined ? '' : `: ${reason}`})`);
      });
    });
    this.#send({ type: 'start', settings });
  }

  /** @throws MidiloomError where the encoder refuses; StartFailed, TimedOut, WindowFailed, or Error where the process dies. */
  encode(jobs: readonly TextJob[]): Promise<BatchResult> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#endReason !== undefined) return reject(this.#endReason);
      this.#waiting.set(id, { resolve, reject, limitMs: this.#options.taskTimeoutMs + MS_PER_TEXT * jobs.length });
      if (this.#waiting.size === 1) this.#watchFirst();
      this.#send({ type: 'encode', id, jobs });
    });
  }

  /** What it computes on; `undefined` before it is ready, and for an encoder without a model. */
  get device(): ProviderName | undefined {
    return this.#device;
  }

  /** Whether a GPU may be in use, and so be what killed it. */
  get mayUseGpu(): boolean {
    return this.#mayStartOnGpu && this.#device !== 'cpu';
  }

  get hasEnded(): boolean {
    return this.#endReason !== undefined;
  }

  get windowsDone(): number {
    return this.#windowsDone;
  }

  /** Resident memory that was added since the first window. */
  get rssGrowthBytes(): number {
    return this.#rssBytes - (this.#firstRssBytes ?? this.#rssBytes);
  }

  /** Lets it finish the windows in flight, then ends it. */
  async retire(): Promise<void> {
    if (this.#waiting.size > 0 && !this.hasEnded) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
    }
    await this.stop();
  }

  /** Ends it, whatever it does. */
  async stop(): Promise<void> {
    // It ends by itself when its channel closes, unless it hangs.
    if (this.#process.connected) this.#process.disconnect();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), EXIT_LIMIT_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #receive(message: FromEncoder): void {
    // What it said before it could be killed does not count: it has refused, or was too slow.
    if (this.#endReason !== undefined) return;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#device = message.device;
        this.#options.onReady(message.device, message.probes);
        this.#watchFirst();
        break;
      case 'refused':
        this.#endReason ??= errorOf(message);
        this.#kill();
        break;
      case 'provider_changed':
        this.#device = message.change.to;
        this.#options.onProviderChange(message.change);
        break;
      case 'failed':
        this.#settle(message.id, ({ reject }) => reject(new WindowFailed(message.error)));
        break;
      case 'result':
        this.#rssBytes = message.rssBytes;
        this.#firstRssBytes ??= message.rssBytes;
        this.#settle(message.id, ({ resolve }) => resolve(message.result));
    }
  }

  #settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#windowsDone++;
    if (waiting !== undefined) how(waiting);
    this.#watchFirst();
    if (this.#waiting.size === 0) this.#whenIdle?.();
  }

  /** The process works on one window at a time; the time of the others has not begun. */
  #watchFirst(): void {
    clearTimeout(this.#deadline);
    const [first] = this.#waiting.values();
    if (first === undefined) return;
    const limitMs = first.limitMs + (this.#isReady ? 0 : this.#options.startLimitMs);
    this.#deadline = setTimeout(() => {
      this.#endReason ??= this.#isReady
        ? new TimedOut(limitMs)
        : new StartFailed(`the encoder was not loaded within ${limitMs / 1000} s`);
      this.#kill();
    }, limitMs);
  }

  #kill(): void {
    this.#process.kill('SIGKILL');
  }

  #end(how: string): void {
    clearTimeout(this.#deadline);
    this.#endReason ??= this.#isReady ? new Error(how) : new StartFailed(`${how} before the encoder was loaded`);
    for (const { reject } of this.#waiting.values()) reject(this.#endReason);
    this.#waiting.clear();
    this.#whenIdle?.();
    this.#options.onEnd(this.#endReason);
  }

  #send(message: ToEncoder): void {
    // Without a channel it never was, and a failed send means that it is gone; its 'error' or 'exit' rejects whatever waits.
    if (this.#process.channel != null) this.#process.send(message, () => {});
  }
}

function errorOf({ kind, code, error }: Refusal): Error {
  if (kind === 'config') return new ConfigError(code, error);
  if (kind === 'missing') return new MissingError(code, error);
  return new StartFailed(error);
}
