import type { MeterSpan } from '../midi/bars.ts';
import { type BarGrid, stepsInBar } from './bar-grid.ts';

/**
 * Groove consistency: 1 minus the mean share of positions in which neighbouring bars differ, where a position is on or
 * off by whether a note (drums too) begins there (Wu and Yang, "The Jazz Transformer on the Front Line", ISMIR 2020;
 * `muspy.groove_consistency`). Only bars of one meter span are compared. `undefined` where there are no two such bars.
 */
export function grooveConsistency(
  { bar: barOf, step: stepOf }: BarGrid,
  spans: readonly MeterSpan[],
  bars: number,
): number | undefined {
  const steps = Math.ceil(spans.reduce((most, span) => Math.max(most, stepsInBar(span)), 0));
  const lastBarAt = new Int32Array(steps + 1).fill(-2);
  let pairs = 0;
  let difference = 0;
  let i = 0;
  for (let index = 0; index < spans.length; index++) {
    const span = spans[index];
    if (span === undefined) break;
    const first = span.firstBar;
    const last = (spans[index + 1]?.firstBar ?? bars) - 1;
    let changed = 0;
    for (; i < barOf.length; i++) {
      const bar = barOf[i] ?? 0;
      if (bar > last) break;
      const step = stepOf[i] ?? 0;
      const before = lastBarAt[step] ?? -2;
      if (before === bar) continue;
      lastBarAt[step] = bar;
      if (bar < last) changed += 1;
      if (bar > first) changed += before === bar - 1 ? -1 : 1;
    }
    pairs += Math.max(0, last - first);
    difference += changed / stepsInBar(span);
  }
  return pairs === 0 ? undefined : 1 - difference / pairs;
}
