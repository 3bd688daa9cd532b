import { scratch } from './scratch.ts';
import type { TimeGrid } from './time-grid.ts';

/**
 * Groove consistency: 1 minus the mean share of positions in which neighbouring bars differ, where a position is on or
 * off by whether a note (drums too) begins there (Wu and Yang, "The Jazz Transformer on the Front Line", ISMIR 2020;
 * `muspy.groove_consistency`). Only whole bars of one meter are compared, and no bars of beats shorter than a step.
 * `undefined` where there are no two such bars.
 */
export function grooveConsistency(grid: TimeGrid): number | undefined {
  const { words, begins } = onsetFlags(grid.steps);
  for (let i = 0; i < grid.count; i++) begins[grid.onset[i] ?? 0] = 1;
  let difference = 0;
  let pairs = 0;
  for (const { start, end, stepsPerBar } of grid.sections) {
    const neighbours = Math.floor((end - start) / stepsPerBar) - 1;
    if (neighbours < 1 || !Number.isInteger(stepsPerBar)) continue;
    const lastBar = start + neighbours * stepsPerBar;
    let differing = 0;
    if (((start | stepsPerBar) & 3) === 0) {
      const barWords = stepsPerBar >> 2;
      for (let word = start >> 2; word < lastBar >> 2; word++) {
        // The high byte of the product is the sum of the four flags.
        differing += Math.imul((words[word] as number) ^ (words[word + barWords] as number), 0x01010101) >>> 24;
      }
    } else {
      for (let step = start; step < lastBar; step++) {
        differing += (begins[step] as number) ^ (begins[step + stepsPerBar] as number);
      }
    }
    pairs += neighbours;
    difference += differing / stepsPerBar;
  }
  return pairs === 0 ? undefined : 1 - difference / pairs;
}

/** A flag a step, also as words of four: bars are nearly always whole words. */
function onsetFlags(steps: number): { readonly words: Uint32Array; readonly begins: Uint8Array } {
  const words = scratch.uint32((steps + 3) >> 2);
  return { words, begins: new Uint8Array(words.buffer, words.byteOffset, steps) };
}
