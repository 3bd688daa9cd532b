import { scratch } from './scratch.ts';
import type { TimeGrid } from './time-grid.ts';

/**
 * Groove consistency: 1 minus the mean share of positions in which neighbouring bars differ, where a position is on or
 * off by whether a note (drums too) begins there (Wu and Yang, "The Jazz Transformer on the Front Line", ISMIR 2020;
 * `muspy.groove_consistency`). Only whole bars of one meter are compared, and no bars of beats shorter than a step.
 * `undefined` where there are no two such bars.
 */
export function grooveConsistency(grid: TimeGrid): number | undefined {
  const begins = scratch.uint8(grid.steps);
  for (let i = 0; i < grid.count; i++) begins[grid.onset[i] ?? 0] = 1;
  let difference = 0;
  let pairs = 0;
  for (const { start, end, stepsPerBar } of grid.sections) {
    const neighbours = Math.floor((end - start) / stepsPerBar) - 1;
    if (neighbours < 1 || !Number.isInteger(stepsPerBar)) continue;
    const lastBar = start + neighbours * stepsPerBar;
    let differing = 0;
    for (let step = start; step < lastBar; step++) {
      differing += (begins[step] as number) ^ (begins[step + stepsPerBar] as number);
    }
    pairs += neighbours;
    difference += differing / stepsPerBar;
  }
  return pairs === 0 ? undefined : 1 - difference / pairs;
}
