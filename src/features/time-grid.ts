import type { MeterSpan } from '../midi/bars.ts';
import type { MergedNotes } from './merged-notes.ts';
import { scratch } from './scratch.ts';

/** 64 steps in a bar of 4/4, the resolution of Wu and Yang (ISMIR 2020); it tells sixteenths from triplets. */
export const STEPS_PER_QUARTER = 16;

/** 131,072 quarters, 18 hours at 120 a minute: notes of longer files, which no music has, are left out beyond. */
const MAX_STEPS = 2 ** 21;

/** A score on a grid of 16 steps a quarter, where most features look at it: whole numbers, and not too many. */
export interface TimeGrid {
  /** Length of the score. */
  readonly steps: number;
  /** Notes on the grid: the first of the merged notes, all of them but in monstrous files. */
  readonly count: number;
  /** Step nearest to the onset of each note, ascending, below `steps`. */
  readonly onset: Int32Array;
  /** Step nearest to the end of each note, after its onset: a note sounds for at least one step. */
  readonly end: Int32Array;
  /** The meter, ascending without gaps from 0 to `steps`. */
  readonly sections: readonly BarSection[];
}

/** Bars of one length, `[start, end)`; the last may be short. */
export interface BarSection {
  readonly start: number;
  readonly end: number;
  /** A fraction where the beat is shorter than a step. */
  readonly stepsPerBar: number;
  readonly numerator: number;
}

/** Snaps a score of `endTick` ticks to the grid. */
export function timeGrid(
  notes: MergedNotes,
  spans: readonly MeterSpan[],
  ticksPerQuarter: number,
  endTick: number,
): TimeGrid {
  const scale = STEPS_PER_QUARTER / ticksPerQuarter;
  const steps = Math.min(Math.ceil(endTick * scale), MAX_STEPS);
  const onset = scratch.int32(notes.count);
  const end = scratch.int32(notes.count);
  let count = 0;
  for (; count < notes.count; count++) {
    const from = Math.floor((notes.onset[count] ?? 0) * scale + 0.5);
    if (from > steps) break;
    const to = Math.floor((notes.end[count] ?? 0) * scale + 0.5);
    const start = from < steps ? from : steps - 1;
    onset[count] = start;
    end[count] = to <= start ? start + 1 : to < steps ? to : steps;
  }
  return { steps, count, onset, end, sections: barSections(spans, scale, steps) };
}

function barSections(spans: readonly MeterSpan[], scale: number, steps: number): BarSection[] {
  const sections: BarSection[] = [];
  let start = 0;
  for (const [index, span] of spans.entries()) {
    const isLast = index === spans.length - 1;
    const end = isLast ? steps : Math.min(Math.round(span.endTick * scale), steps);
    if (end > start) sections.push({ start, end, stepsPerBar: span.ticksPerBar * scale, numerator: span.numerator });
    start = end;
  }
  return sections;
}
