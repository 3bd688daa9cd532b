import type { ProviderName } from './execution-provider.ts';
import type { SessionSettings } from './model-session.ts';

/** What a process that tries a provider is told. */
export interface ProbeRequest {
  readonly provider: ProviderName;
  readonly settings: SessionSettings;
  readonly rows: readonly (readonly number[])[];
}

/** What it answers: the mean vector of each row, and the milliseconds of the second inference. */
export type ProbeAnswer =
  | { readonly ok: true; readonly vectors: readonly (readonly number[])[]; readonly durationMs: number }
  | { readonly ok: false; readonly error: string };

/** `undefined` where a message is not an answer. */
export function readProbeAnswer(message: unknown): ProbeAnswer | undefined {
  if (typeof message !== 'object' || message === null || !('ok' in message)) return undefined;
  if (message.ok === false && 'error' in message) return { ok: false, error: String(message.error) };
  if (message.ok !== true || !('vectors' in message) || !('durationMs' in message)) return undefined;
  const { vectors, durationMs } = message;
  if (!isVectors(vectors) || typeof durationMs !== 'number') return undefined;
  return { ok: true, vectors, durationMs };
}

function isVectors(value: unknown): value is readonly (readonly number[])[] {
  return (
    Array.isArray(value) &&
    value.every((vector) => Array.isArray(vector) && vector.every((item) => typeof item === 'number'))
  );
}
