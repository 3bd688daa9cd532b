import type { TimeTable } from '../time-values.ts';
import type { TokenBuffer } from './token-buffer.ts';

/** Splits a span into as few tokens as go in, longest first; returns how many ticks they say (a remainder is dropped). */
export function pushSpans(out: TokenBuffer, span: number, table: TimeTable, firstId: number): number {
  let rest = span;
  while (rest >= table.shortest) {
    const index = table.within[Math.min(rest, table.longest)] ?? 0;
    out.push(firstId + index);
    rest -= table.ticks[index] ?? rest;
  }
  return span - rest;
}
