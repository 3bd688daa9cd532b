import { MidiloomError, messageOf } from '../errors.ts';
import { type Log, silent } from '../log.ts';
import type { ProviderName } from '../text/encoders/transformers/execution-provider.ts';
import type { ProviderProbe } from '../text/encoders/transformers/probe-providers.ts';
import type { BatchResult } from '../worker/batch-result.ts';
import type { EncoderChoice, EncoderSettings, TextJob } from '../worker/text-messages.ts';
import { EncoderChild, StartFailed, WindowFailed } from './encoder-child.ts';
import { isolateCrashes } from './isolate-crashes.ts';
import { TimedOut } from './timed-out.ts';

/** The encoder process of the text stage. */
export interface EncoderClient {
  /**
   * Encodes a window of texts. Several may be under way; they are worked on in the order of the calls.
   *
   * @throws MissingError, ConfigError when the encoder cannot be had.
   */
  run(jobs: readonly TextJob[]): Promise<BatchResult>;
  close(): Promise<void>;
}

export interface EncoderClientOptions {
  /** Longest time for a window of texts, besides a second for each text; the process is killed when it is over. */
  readonly taskTimeoutMs: number;
  /** Told what a user should know: a GPU that is used, that cannot be used, or that failed. */
  readonly onNotice: (message: string) => void;
  /** Sees each window as it comes from the process; must not throw. */
  readonly onResult?: ((result: BatchResult) => Promise<void>) | undefined;
  readonly log?: Log;
  readonly startLimitMs?: number;
  /** A process is replaced after so many windows. */
  readonly windowsPerProcess?: number;
  /** Or when its memory has grown by so much since its first window. */
  readonly rssGrowthLimitBytes?: number;
  readonly entry?: URL;
}

const DEFAULTS = {
  log: silent,
  // Each provider may take a minute to be tried, and there are three of them with the CPU.
  startLimitMs: 300_000,
  windowsPerProcess: 4096,
  rssGrowthLimitBytes: 2 ** 30,
  entry: new URL('../worker/encoder-process.js', import.meta.url),
} as const;

type FilledOptions = EncoderClientOptions & Required<Pick<EncoderClientOptions, keyof typeof DEFAULTS>>;

/** So many processes in a row that die before they are ready mean that none will be. */
const STARTS_ALLOWED = 3;

/**
 * Encodes in a process of its own, started at the first window: ending a thread that is inside onnxruntime would abort
 * the whole program (RELIABILITY.md), ending a process does not. A process that dies is replaced and its windows are
 * tried again: without the GPU where that may have been the reason, else text by text.
 */
export function createEncoderClient(settings: EncoderSettings, options: EncoderClientOptions): EncoderClient {
  const children = new EncoderChildren(settings, { ...DEFAULTS, ...options });
  const encode = async (jobs: readonly TextJob[]): Promise<BatchResult> => {
    for (;;) {
      const child = await children.current();
      try {
        const result = await child.encode(jobs);
        children.succeeded(child);
        await options.onResult?.(result);
        return result;
      } catch (error) {
        if (!children.mayTryAgain(child, error)) throw error;
      }
    }
  };
  return { run: isolateCrashes(encode, failureCodeOf), close: () => children.close() };
}

function failureCodeOf(crash: unknown): string {
  if (crash instanceof TimedOut) return 'text_timeout';
  return crash instanceof WindowFailed ? 'text_encoder_failed' : 'text_encoder_crashed';
}

class EncoderChildren {
  readonly #options: FilledOptions;
  #settings: EncoderSettings;
  #child: EncoderChild | undefined;
  /** Two at a time would hold the model twice. */
  #retired: Promise<void> = Promise.resolve();
  readonly #blamed = new WeakSet<EncoderChild>();
  #failedStarts = 0;
  #startFailure: Error | undefined;
  #hasToldDevice = false;

  constructor(settings: EncoderSettings, options: FilledOptions) {
    this.#settings = settings;
    this.#options = options;
  }

  async current(): Promise<EncoderChild> {
    await this.#retired;
    this.#child ??= this.#start();
    return this.#child;
  }

  /** Replaces a process that has done enough. */
  succeeded(child: EncoderChild): void {
    this.#failedStarts = 0;
    const { windowsPerProcess, rssGrowthLimitBytes } = this.#options;
    if (child !== this.#child) return;
    if (child.windowsDone < windowsPerProcess && child.rssGrowthBytes < rssGrowthLimitBytes) return;
    this.#child = undefined;
    this.#retired = child.retire();
  }

  /**
   * Whether another process may do what this one could not: it did not even start, or died with a GPU, which the next one
   * goes without.
   */
  mayTryAgain(child: EncoderChild, error: unknown): boolean {
    if (error instanceof MidiloomError || !child.hasEnded) return false;
    if (!child.mayUseGpu) return error instanceof StartFailed;
    // The other window of the same process may have been here before.
    if (!this.#blamed.has(child)) {
      this.#blamed.add(child);
      this.#settings = withoutGpu(this.#settings, child.device);
      this.#options.onNotice(
        `the encoder failed on ${child.device ?? 'a GPU'} (${messageOf(error)}); it goes on without`,
      );
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#retired;
    await this.#child?.stop();
  }

  #start(): EncoderChild {
    if (this.#failedStarts >= STARTS_ALLOWED) {
      throw new MidiloomError(
        'text_encoder_unavailable',
        `the text encoder did not start in ${STARTS_ALLOWED} attempts: ${messageOf(this.#startFailure)}`,
      );
    }
    // A process may end before its constructor does: where there is no descriptor left for its channel.
    let child: EncoderChild | undefined;
    child = new EncoderChild(this.#settings, {
      ...this.#options,
      onReady: (device, probes) => {
        this.#failedStarts = 0;
        this.#settle(device, probes);
      },
      onProviderChange: ({ from, to, reason }) => {
        this.#options.onNotice(`${from} failed and ${to} encodes text from here on: ${reason}`);
        this.#settings = withoutGpu(this.#settings, from);
      },
      onSaid: (text) => this.#options.log('debug', 'the encoder process wrote', () => ({ text })),
      onEnd: (reason) => {
        if (this.#child === child) this.#child = undefined;
        if (!(reason instanceof StartFailed)) return;
        this.#failedStarts++;
        this.#startFailure = reason;
      },
    });
    return child;
  }

  /** Tells what was found, once; later processes do not try again what does not work. */
  #settle(device: ProviderName | undefined, probes: readonly ProviderProbe[]): void {
    const { encoder } = this.#settings;
    if (encoder.name !== 'transformers' || !encoder.useGpu) return;
    if (!this.#hasToldDevice) this.#options.onNotice(deviceText(device, probes));
    this.#hasToldDevice = true;
    for (const probe of probes) if (!probe.ok) this.#settings = withoutGpu(this.#settings, probe.provider);
    if (device === 'cpu') this.#settings = withoutGpu(this.#settings, undefined);
  }
}

/** The settings without one GPU provider, or without any. */
function withoutGpu(settings: EncoderSettings, provider: ProviderName | undefined): EncoderSettings {
  const { encoder } = settings;
  if (encoder.name !== 'transformers') return settings;
  const without: EncoderChoice =
    provider === undefined
      ? { ...encoder, useGpu: false }
      : { ...encoder, withoutProviders: [...(encoder.withoutProviders ?? []), provider] };
  return { ...settings, encoder: without };
}

function deviceText(device: ProviderName | undefined, probes: readonly ProviderProbe[]): string {
  if (device !== 'cpu') return `${device} encodes text`;
  const reasons = probes.flatMap((probe) =>
    probe.ok ? [] : [`${probe.provider}: ${probe.reason} (needs ${probe.remedy})`],
  );
  return `no GPU can be used, the CPU encodes text; ${reasons.join('; ')}`;
}
