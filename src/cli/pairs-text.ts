import type { PairTotals } from '../operations/read-run-status.ts';
import { count } from './count.ts';
import { printable } from './printable.ts';

/** What became of the pairs, in one line. */
export function pairsText({ total, completed, failed, skipped, foreign, pending }: PairTotals): string {
  const counts = [
    `${count(completed)} complete`,
    `${count(failed)} failed`,
    ...(skipped > 0 ? [`${count(skipped)} skipped`] : []),
    ...(foreign > 0 ? [`${count(foreign)} of another program`] : []),
    ...(pending > 0 ? [`${count(pending)} pending`] : []),
  ];
  return `${count(total)}: ${counts.join(', ')}`;
}

/** More than a person reads at a glance. */
const SHOWN = 5;

/** Why pairs failed, the most frequent reason first; nothing where none did. */
export function codesText(codes: Readonly<Record<string, number>>): readonly string[] {
  const all = Object.entries(codes);
  if (all.length === 0) return [];
  const shown = all.slice(0, SHOWN).map(([code, times]) => `${printable(code)} ${count(times)}`);
  return [[...shown, ...(all.length > SHOWN ? [`${all.length - SHOWN} more`] : [])].join(', ')];
}
