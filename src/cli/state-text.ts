import { printable } from './printable.ts';

/** A state and, where there is one, its reason. */
export function stateText({ status, reason }: { readonly status: string; readonly reason: string | null }): string {
  return reason === null ? status : `${status} (${printable(reason)})`;
}
