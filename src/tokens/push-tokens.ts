import type { EventTable } from './event-table.ts';
import type { TimeTable } from './time-values.ts';
import type { TokenBuffer } from './token-buffer.ts';
import { NO_TOKEN } from './token-ids.ts';

/** Writes the ids of an event, its Program token first. */
export function pushEvent(out: TokenBuffer, events: EventTable, row: number): void {
  const program = events.program[row] ?? NO_TOKEN;
  if (program !== NO_TOKEN) out.push(program);
  out.push(events.first[row] ?? NO_TOKEN);
  const second = events.second[row] ?? NO_TOKEN;
  if (second === NO_TOKEN) return;
  out.push(second);
  const third = events.third[row] ?? NO_TOKEN;
  if (third !== NO_TOKEN) out.push(third);
}

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
