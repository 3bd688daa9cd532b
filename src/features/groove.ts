import type { TimeGrid } from './time-grid.ts';

/**
 * Groove consistency: 1 minus the mean share of positions in which neighbouring bars differ, where a position is on or
 * off by whether a note (drums too) begins there (Wu and Yang, "The Jazz Transformer on the Front Line", ISMIR 2020;
 * `muspy.groove_consistency`). Only whole bars of one meter are compared, and no bars of beats shorter than a step.
 * `undefined` where there are no two such bars.
 *
 * @param onsets - `onsetBits(grid)`.
 */
export function grooveConsistency(grid: TimeGrid, onsets: Int32Array): number | undefined {
  let difference = 0;
  let pairs = 0;
  for (const { start, end, stepsPerBar } of grid.sections) {
    const neighbours = Math.floor((end - start) / stepsPerBar) - 1;
    if (neighbours < 1 || !Number.isInteger(stepsPerBar)) continue;
    pairs += neighbours;
    difference += differingSteps(onsets, start, start + neighbours * stepsPerBar, stepsPerBar) / stepsPerBar;
  }
  return pairs === 0 ? undefined : 1 - difference / pairs;
}

/** How many of the steps `[from, to)` differ from those a bar later: 32 at a time. */
function differingSteps(onsets: Int32Array, from: number, to: number, stepsPerBar: number): number {
  let differing = 0;
  for (let step = from; step < to; step += 32) {
    const differences = bitsFrom(onsets, step) ^ bitsFrom(onsets, step + stepsPerBar);
    const asked = to - step < 32 ? (1 << (to - step)) - 1 : -1;
    differing += bitCount(differences & asked);
  }
  return differing;
}

/** The 32 bits from any one on. */
function bitsFrom(words: Int32Array, bit: number): number {
  const word = bit >>> 5;
  const shift = bit & 31;
  return ((words[word] as number) >>> shift) | (((words[word + 1] as number) << 1) << (31 - shift));
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
