import type { MeterSpan } from '../midi/bars.ts';
import type { MergedNotes } from './merged-notes.ts';

/** 64 positions in a bar of 4/4, as in Wu and Yang (ISMIR 2020). */
export const STEPS_PER_QUARTER = 16;

/** Onsets snapped to a grid, by bar; in order, (bar, step) never descends. Arrays of one value a note. */
export interface BarGrid {
  /** Bar of the onset, from 0. */
  readonly bar: Int32Array;
  /** Grid step of the onset inside its bar, from 0. */
  readonly step: Int32Array;
}

/**
 * Snaps every onset to the nearest of 16 steps a quarter, counted from the start of its meter span. An onset just
 * before a bar line belongs to the bar that it anticipates.
 */
export function snapToBars(notes: MergedNotes, spans: readonly MeterSpan[], ticksPerQuarter: number): BarGrid {
  const grid = { bar: new Int32Array(notes.count), step: new Int32Array(notes.count) };
  let from = 0;
  for (let i = 0; i < spans.length && from < notes.count; i++) {
    const span = spans[i];
    if (span === undefined) break;
    from = snapSpan(notes, from, span, i === spans.length - 1, ticksPerQuarter, grid);
  }
  return grid;
}

/** Snaps the notes of one span, from note `from` on; returns the first note of the next span. */
function snapSpan(
  notes: MergedNotes,
  from: number,
  span: MeterSpan,
  isLast: boolean,
  ticksPerQuarter: number,
  { bar, step }: BarGrid,
): number {
  const { startTick, firstBar } = span;
  const endTick = isLast ? Number.POSITIVE_INFINITY : span.endTick;
  const lastBar = isLast ? Number.POSITIVE_INFINITY : span.barCount - 1;
  const stepsPerTick = STEPS_PER_QUARTER / ticksPerQuarter;
  const stepsPerBar = stepsInBar(span);
  let current = 0;
  let barStart = 0;
  let nextStart = stepsPerBar;
  let i = from;
  for (; i < notes.count; i++) {
    const onset = notes.onset[i] ?? 0;
    if (onset >= endTick) break;
    const steps = Math.floor((onset - startTick) * stepsPerTick + 0.5);
    if (steps >= nextStart) {
      current = Math.floor(steps / stepsPerBar);
      barStart = current * stepsPerBar;
      nextStart = barStart + stepsPerBar;
    }
    const isBeyond = current > lastBar;
    bar[i] = firstBar + (isBeyond ? lastBar + 1 : current);
    step[i] = isBeyond ? 0 : steps - Math.ceil(barStart);
  }
  return i;
}

/** Grid steps of one bar; a fraction where a beat is shorter than a step. */
export function stepsInBar({ numerator, denominator }: MeterSpan): number {
  return (numerator * 4 * STEPS_PER_QUARTER) / denominator;
}
