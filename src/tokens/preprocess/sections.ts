import { type Meters, ticksPerBeat } from './meters.ts';

/** A stretch of the score in which something is constant; it ends where the next begins, the last one never. */
export interface Section {
  readonly end: number;
  readonly value: number;
}

/** Ticks of a beat, stretch by stretch. */
export function beatSections(meters: Meters, ticksPerQuarter: number): readonly Section[] {
  return sections(meters, (denominator) => ticksPerBeat(denominator, ticksPerQuarter));
}

/**
 * By how much the grid of the score is finer than the one on which a stretch may place notes: more than 1 where
 * signatures of several denominators share the score. Empty where all have the same denominator.
 */
export function gridFactors(meters: Meters, ticksPerQuarter: number, positionsPerBeat: number): readonly Section[] {
  if (new Set(meters.denominator).size < 2) return [];
  return sections(meters, (denominator) => Math.floor(ticksPerQuarter / ((positionsPerBeat * denominator) / 4)));
}

/** Equal neighbours are one stretch. */
function sections(meters: Meters, valueAt: (denominator: number) => number): readonly Section[] {
  const found: Section[] = [];
  for (let index = 0; index < meters.tick.length; index += 1) {
    const value = valueAt(meters.denominator[index] ?? 4);
    const end = meters.tick[index + 1] ?? Number.POSITIVE_INFINITY;
    if (found.at(-1)?.value === value) found.pop();
    found.push({ end, value });
  }
  return found;
}
