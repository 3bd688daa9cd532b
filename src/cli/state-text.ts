import type { RunningProcess } from '../operations/run-state.ts';
import { printable } from './printable.ts';

/** A state and, where there is one, its reason. */
export function stateText({ status, reason }: { readonly status: string; readonly reason: string | null }): string {
  return reason === null ? status : `${status} (${printable(reason)})`;
}

/** Who waits for a lock to work on a run, each in a few words. */
export function waitingTexts(waiting: readonly RunningProcess[]): readonly string[] {
  return waiting.map(({ pid, host, since }) => `process ${pid} on ${printable(host)} waits for a lock since ${since}`);
}
