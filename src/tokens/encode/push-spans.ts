import type { TimeTable } from '../time-table.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import type { TokenBuffer } from './token-buffer.ts';

/**
 * Splits the span from `out.now` on into as few tokens as go in, longest first; `out.now` moves on by what they say (a
 * remainder is dropped), which is returned.
 *
 * @param ids - of the tokens, by place in the table.
 */
export function pushSpans(out: TokenBuffer, span: number, table: TimeTable, ids: Uint16Array): number {
  let rest = span;
  while (rest >= table.shortest) {
    const index = table.within[Math.min(rest, table.longest)] ?? 0;
    const ticks = table.ticks[index] ?? rest;
    out.push(ids[index] ?? NO_TOKEN);
    out.now += ticks;
    rest -= ticks;
  }
  return span - rest;
}
