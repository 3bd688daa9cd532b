import type { RunRow, StageRow } from '../../dashboard/wire.ts';
import { percent } from '../../report/format-number.ts';

const STAGES = ['midi', 'text'] as const;

/** Pairs that both stages have come to, of how many. */
export function progressOf({ stages: { midi, text } }: RunRow): { readonly done: number; readonly total: number } {
  return { done: Math.min(midi.done, text.done), total: Math.max(midi.total, text.total) };
}

/** Pairs a second of a run that is going: of the stage that it waits for. */
export function rateOf(run: RunRow): number | null {
  if (run.status !== 'in_progress') return null;
  const open = STAGES.map((stage) => run.stages[stage]).filter(isOpen);
  const rates = open.map(({ pairs_per_second }) => pairs_per_second).filter((rate) => rate > 0);
  return rates.length === 0 ? null : Math.min(...rates);
}

/** Seconds until the slower stage is done, if it goes on as it does. */
export function secondsLeft(run: RunRow): number | null {
  if (run.status !== 'in_progress') return null;
  const left = STAGES.map((stage) => run.stages[stage])
    .filter(isOpen)
    .map(({ done, total, pairs_per_second: rate }) => (rate > 0 ? (total - done) / rate : Number.POSITIVE_INFINITY));
  const most = Math.max(...left);
  return Number.isFinite(most) ? most : null;
}

export function withoutResult({ stages: { midi, text } }: RunRow): number {
  return midi.without_result + text.without_result;
}

export function progressText({ done, total }: { readonly done: number; readonly total: number }): string {
  return total === 0 ? '–' : percent(done, total);
}

function isOpen({ done, total }: StageRow): boolean {
  return done < total;
}
