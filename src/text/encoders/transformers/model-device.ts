import { ConfigError, messageOf } from '../../../errors.ts';
import { type ProviderName, REMEDIES } from './execution-provider.ts';
import type { ModelSession, OpenSession, SessionSettings } from './model-session.ts';
import type { ProviderProbe } from './probe-providers.ts';

/** A change of provider in the middle of a run. */
export interface ProviderChange {
  readonly from: ProviderName;
  readonly to: ProviderName;
  readonly reason: string;
}

export interface DeviceParts {
  readonly settings: SessionSettings;
  /** GPU providers in order; the CPU comes last by itself. */
  readonly candidates: readonly ProviderName[];
  readonly openSession: OpenSession;
  /** Tries providers in order, lazily. */
  readonly probe: (providers: readonly ProviderName[]) => AsyncIterable<ProviderProbe>;
  readonly onProbe: (probe: ProviderProbe) => void;
  readonly onProviderChange: (change: ProviderChange) => void;
}

/** What computes: the first provider that works, and after a failure the next one. */
export class ModelDevice {
  readonly #parts: DeviceParts;
  #rest: readonly ProviderName[];
  #provider: ProviderName = 'cpu';
  #session: ModelSession | undefined;

  private constructor(parts: DeviceParts) {
    this.#parts = parts;
    this.#rest = parts.candidates;
  }

  /** @throws ConfigError `model_unusable` or `model_unsupported` where the model runs nowhere. */
  static async open(parts: DeviceParts): Promise<ModelDevice> {
    const device = new ModelDevice(parts);
    await device.#openNext();
    return device;
  }

  /** Whether the model is told what is padding. */
  get takesMask(): boolean {
    return this.#session?.takesMask ?? true;
  }

  get provider(): ProviderName {
    return this.#provider;
  }

  /**
   * Does work with the session. Where that fails on a GPU, the next provider takes over and the result is `undefined`: the
   * work is to be done again.
   *
   * @throws Error where it fails on the CPU.
   */
  async run<T>(work: (session: ModelSession) => Promise<T>): Promise<T | undefined> {
    if (this.#session === undefined) throw new Error('the text encoder is closed');
    try {
      return await work(this.#session);
    } catch (error) {
      if (this.#provider === 'cpu') throw error;
      const from = this.#provider;
      await this.close();
      await this.#openNext();
      this.#parts.onProviderChange({ from, to: this.#provider, reason: messageOf(error) });
      return undefined;
    }
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    // A session that failed may fail once more; there is nothing left to lose with it.
    await session?.close().catch(() => {});
  }

  async #openNext(): Promise<void> {
    const { settings, openSession, onProbe } = this.#parts;
    for await (const probe of this.#parts.probe(this.#rest)) {
      this.#rest = this.#rest.slice(this.#rest.indexOf(probe.provider) + 1);
      onProbe(probe);
      if (probe.ok && (await this.#tryOpen(probe))) return;
    }
    this.#provider = 'cpu';
    try {
      this.#session = await openSession(settings, 'cpu');
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      throw new ConfigError('model_unusable', `${settings.modelPath} cannot be opened: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /** A provider that worked in its own process may still be refused here, as where its memory is all taken. */
  async #tryOpen({ provider }: ProviderProbe): Promise<boolean> {
    const { settings, openSession, onProbe } = this.#parts;
    try {
      this.#session = await openSession(settings, provider);
    } catch (error) {
      onProbe({ provider, ok: false, reason: messageOf(error), remedy: REMEDIES[provider] });
      return false;
    }
    this.#provider = provider;
    return true;
  }
}
