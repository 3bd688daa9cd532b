import { noteTable } from './note-table.ts';
import { scratch } from './scratch.ts';
import { STEPS_PER_QUARTER, type TimeGrid } from './time-grid.ts';

/** Sixteenth notes: fine enough to tell figures apart, coarse enough to forgive a player's timing. */
const STEPS_PER_SIXTEENTH = STEPS_PER_QUARTER / 4;

/**
 * Share of the bars with onsets that repeat an earlier bar: as many notes, of the same program and pitch on the same
 * sixteenths, whatever the velocities and durations. `undefined` without notes. Bars are told apart by the number of
 * their notes and a 32 bit hash, which errs once in 40,000 files of 300 bars.
 */
export function repeatedBarRate({ count: notes, sections }: TimeGrid): number | undefined {
  if (notes === 0) return undefined;
  const { firstStep, pitch, program } = noteTable;
  // Each of them has a note.
  const fingerprints = scratch.float64(notes);
  let bars = 0;
  let i = 0;
  for (const { start, end, stepsPerBar } of sections) {
    let barStart = start;
    let nextBar = firstOnsetAfter(start, start + stepsPerBar);
    let hash = 0;
    let count = 0;
    for (; i < notes; i++) {
      const onset = firstStep[i] as number;
      if (onset >= end) break;
      const step = ((onset - start + STEPS_PER_SIXTEENTH / 2) & -STEPS_PER_SIXTEENTH) + start;
      if (onset >= nextBar) {
        if (count > 0) fingerprints[bars++] = count * 2 ** 32 + (hash >>> 0);
        barStart = start + Math.floor((step - start) / stepsPerBar) * stepsPerBar;
        nextBar = firstOnsetAfter(start, barStart + stepsPerBar);
        hash = 0;
        count = 0;
      }
      hash = (hash + scramble(((step - barStart) << 15) | ((program[i] as number) << 7) | (pitch[i] as number))) | 0;
      count += 1;
    }
    if (count > 0) fingerprints[bars++] = count * 2 ** 32 + (hash >>> 0);
  }
  return 1 - distinctValues(fingerprints.subarray(0, bars)) / bars;
}

/** The first step from which the nearest sixteenth, counted from `start`, is not before the bar line. */
function firstOnsetAfter(start: number, barLine: number): number {
  const sixteenths = Math.ceil((barLine - start) / STEPS_PER_SIXTEENTH);
  return (start + sixteenths * STEPS_PER_SIXTEENTH - STEPS_PER_SIXTEENTH / 2) | 0;
}

/** The 32 bit finalizer of MurmurHash3. */
const scramble = (value: number): number => {
  let hash = value + 1;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};

/** Number of different values, none of them 0: an open hash table, at most half full, on the low 32 bits. */
function distinctValues(values: Float64Array): number {
  const mask = 2 ** (33 - Math.clz32(values.length)) - 1;
  const table = scratch.float64(mask + 1);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    // The bits of the hash, without a division.
    let slot = (value | 0) & mask;
    while (table[slot] !== 0 && table[slot] !== value) slot = (slot + 1) & mask;
    if (table[slot] === value) continue;
    table[slot] = value;
    count += 1;
  }
  return count;
}
