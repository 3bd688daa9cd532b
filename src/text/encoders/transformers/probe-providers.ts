import { fork } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { ConfigError, messageOf } from '../../../errors.ts';
import { PROBE_PROCESS } from '../../probe-process-address.ts';
import { type ProviderName, REMEDIES } from './execution-provider.ts';
import type { SessionSettings } from './model-session.ts';
import { type ProbeAnswer, type ProbeRequest, readProbeAnswer } from './probe-messages.ts';

/** Whether an execution provider works here. Plain data. */
export type ProviderProbe =
  | {
      readonly provider: ProviderName;
      readonly ok: true;
      /** The lowest cosine between its vectors and the CPU's. */
      readonly cosine: number;
      /** Of one inference, after a first one. */
      readonly durationMs: number;
    }
  | {
      readonly provider: ProviderName;
      readonly ok: false;
      readonly reason: string;
      /** What to install. */
      readonly remedy: string;
    };

export interface ProbeOptions {
  /** For each provider; the first use of a GPU may compile kernels for some seconds. */
  readonly timeLimitMs: number;
  /** The program that tries one provider, as in `worker/probe-process.ts`. */
  readonly entry: URL;
}

export const DEFAULT_PROBE_OPTIONS: ProbeOptions = {
  timeLimitMs: 60_000,
  entry: PROBE_PROCESS,
};

/** Below this the vectors are not the same model's; other rounding and half precision leave far more. */
const LOWEST_COSINE = 0.999;
/** Small ids are in every vocabulary; two lengths, so that padding is tried as well. */
const ROWS = [Array.from({ length: 32 }, (_, at) => at + 1), Array.from({ length: 7 }, (_, at) => at * 3 + 2)];
const LONGEST_REASON = 300;

/**
 * Tries execution providers in order, each in a process of its own and within a time limit, with a real inference that is
 * compared with the CPU's. Lazy: what is not asked for is not tried.
 *
 * @throws ConfigError `model_unusable` where even the CPU cannot run the model.
 * @example for await (const probe of probeProviders(settings, ['cuda', 'webgpu'], DEFAULT_PROBE_OPTIONS)) if (probe.ok) break;
 */
export async function* probeProviders(
  settings: SessionSettings,
  providers: readonly ProviderName[],
  options: ProbeOptions,
): AsyncGenerator<ProviderProbe, void, undefined> {
  if (providers.length === 0) return;
  const reference = await ask({ provider: 'cpu', settings, rows: ROWS }, options);
  if (!reference.ok) {
    throw new ConfigError('model_unusable', `${settings.modelPath} does not run on the CPU: ${reference.error}`);
  }
  for (const provider of providers) {
    const answer = await ask({ provider, settings, rows: ROWS }, options);
    yield judge(provider, answer, reference.vectors);
  }
}

function judge(provider: ProviderName, answer: ProbeAnswer, reference: readonly (readonly number[])[]): ProviderProbe {
  const refused = (reason: string): ProviderProbe => ({ provider, ok: false, reason, remedy: REMEDIES[provider] });
  if (!answer.ok) return refused(answer.error);
  const cosines = reference.map((vector, row) => cosine(vector, answer.vectors[row] ?? []));
  const lowest = Math.min(...cosines);
  // A vector that is not finite makes the cosine NaN, which is not above anything.
  if (!(lowest > LOWEST_COSINE)) return refused(`its vectors are not those of the CPU (cosine ${lowest.toFixed(4)})`);
  return { provider, ok: true, cosine: lowest, durationMs: answer.durationMs };
}

/** Never rejects: whatever goes wrong with the process is the answer. */
function ask(request: ProbeRequest, { entry, timeLimitMs }: ProbeOptions): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const child = fork(entry, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' });
    let complaint = '';
    const settle = (answer: ProbeAnswer): void => {
      clearTimeout(timer);
      // Natively, so that a driver that hangs or crashes on its way out cannot matter.
      child.kill('SIGKILL');
      resolve(answer.ok ? answer : { ok: false, error: oneLine(answer.error) });
    };
    const timer = setTimeout(
      () => settle({ ok: false, error: `no answer within ${timeLimitMs / 1000} s` }),
      timeLimitMs,
    );
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-LONGEST_REASON);
    });
    // Node may emit two, and leaves out the channel, where it cannot even be spawned.
    child.on('error', (error) => settle({ ok: false, error: messageOf(error) }));
    child.once('message', (message) => {
      settle(readProbeAnswer(message) ?? { ok: false, error: 'its process answered nonsense' });
    });
    // 'close' comes after the last of stderr.
    child.once('close', (code, signal) => {
      settle({ ok: false, error: `its process ended (${signal ?? `exit ${code}`}) ${complaint}` });
    });
    if (child.channel != null) child.send(request, () => {});
  });
}

function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.NaN;
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? Number.NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Messages of native code have line breaks and colours, and begin with source files and signatures. */
function oneLine(text: string): string {
  const plain = stripVTControlCharacters(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return plain.length > LONGEST_REASON ? `…${plain.slice(-LONGEST_REASON)}` : plain;
}
