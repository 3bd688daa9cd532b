import type { TimeTable } from '../time-values.ts';
import type { TokenBuffer } from './token-buffer.ts';

/**
 * Splits the span from `out.now` on into as few tokens as go in, longest first; `out.now` moves on by what they say (a
 * remainder is dropped), which is returned.
 */
export function pushSpans(out: TokenBuffer, span: number, table: TimeTable, firstId: number): number {
  let rest = span;
  while (rest >= table.shortest) {
    const index = table.within[Math.min(rest, table.longest)] ?? 0;
    const ticks = table.ticks[index] ?? rest;
    out.push(firstId + index);
    out.now += ticks;
    rest -= ticks;
  }
  return span - rest;
}
