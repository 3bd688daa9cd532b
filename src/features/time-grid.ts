import type { MeterSpan } from '../midi/bars.ts';
import { noteTable } from './note-table.ts';

/** 64 steps in a bar of 4/4, the resolution of Wu and Yang (ISMIR 2020); it tells sixteenths from triplets. */
export const STEPS_PER_QUARTER = 16;

/** 131,072 quarters, 18 hours at 120 a minute: notes of longer files, which no music has, are left out beyond. */
export const MAX_STEPS = 2 ** 21;

/**
 * A score on a grid of 16 steps a quarter, where most features look at it: whole numbers, and not too many. `noteTable` has
 * the step nearest to the onset of each note, ascending, below `steps`, and that nearest to its end, after its onset: a note
 * sounds for at least one step.
 */
export interface TimeGrid {
  /** Length of the score. */
  readonly steps: number;
  /** Notes on the grid: the first of `noteTable`, all of them but in monstrous files. */
  readonly count: number;
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

/** Snaps a score of `notes` notes and `endTick` ticks to the grid. */
export function timeGrid(
  notes: number,
  spans: readonly MeterSpan[],
  ticksPerQuarter: number,
  endTick: number,
): TimeGrid {
  const scale = STEPS_PER_QUARTER / ticksPerQuarter;
  const steps = Math.min(Math.ceil(endTick * scale), MAX_STEPS) | 0;
  return { steps, count: snapNotes(notes, scale, steps), sections: barSections(spans, scale, steps) };
}

/** Returns how many notes are on the grid. */
function snapNotes(notes: number, scale: number, steps: number): number {
  const { onset, end, firstStep, endStep } = noteTable;
  for (let i = 0; i < notes; i++) {
    const from = Math.floor((onset[i] as number) * scale + 0.5);
    if (from > steps) return i;
    const to = Math.floor((end[i] as number) * scale + 0.5);
    const start = from < steps ? from : steps - 1;
    firstStep[i] = start;
    endStep[i] = to <= start ? start + 1 : to < steps ? to : steps;
  }
  return notes;
}

function barSections(spans: readonly MeterSpan[], scale: number, steps: number): BarSection[] {
  const sections: BarSection[] = [];
  let start = 0;
  for (const [index, span] of spans.entries()) {
    const isLast = index === spans.length - 1;
    const end = isLast ? steps : Math.min(Math.round(span.endTick * scale), steps) | 0;
    if (end > start) sections.push({ start, end, stepsPerBar: span.ticksPerBar * scale, numerator: span.numerator });
    start = end;
  }
  return sections;
}
