import { scratch } from './scratch.ts';
import { type BarSection, STEPS_PER_QUARTER } from './time-grid.ts';

/** Beats that are looked at for chords: over two hours at 120 beats a minute, and a bound for hostile files. */
export const MAX_CHORD_WINDOWS = 16_384;

/**
 * Boundaries, in steps of the grid, of the beats in which chords are looked for: window i is
 * `[result[i], result[i + 1])`. A beat is here at least a quarter long: the shortest group of denominator units that is
 * and that divides the bar evenly, or three units where eighths or shorter come in threes (6/8, 9/8, 12/8). A change of
 * meter can cut one short.
 */
export function chordWindows(sections: readonly BarSection[]): Int32Array {
  const all = sections.reduce((sum, section) => sum + windowsIn(section), 0);
  const boundaries = scratch.int32(Math.min(all, MAX_CHORD_WINDOWS) + 1);
  let count = 1;
  for (const section of sections) {
    const { start, end } = section;
    const length = stepsPerWindow(section);
    const windows = Math.min(windowsIn(section), boundaries.length - count);
    for (let i = 1; i <= windows; i++) boundaries[count++] = Math.min(end, Math.round(start + i * length));
  }
  return boundaries;
}

function windowsIn(section: BarSection): number {
  return Math.ceil((section.end - section.start) / stepsPerWindow(section));
}

function stepsPerWindow({ numerator, stepsPerBar }: BarSection): number {
  const stepsPerUnit = stepsPerBar / numerator;
  if (stepsPerUnit <= STEPS_PER_QUARTER / 2 && numerator % 3 === 0 && numerator > 3) return 3 * stepsPerUnit;
  const least = Math.ceil(STEPS_PER_QUARTER / stepsPerUnit);
  for (let units = least; units < numerator; units++) if (numerator % units === 0) return units * stepsPerUnit;
  return Math.max(least, numerator) * stepsPerUnit;
}
