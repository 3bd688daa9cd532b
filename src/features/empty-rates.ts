import type { Activity } from './activity.ts';
import type { BarSection } from './time-grid.ts';

/**
 * Share of the beats or bars of `sections` in which nothing sounds (`muspy.empty_beat_rate`, whose beat is the quarter,
 * and `muspy.empty_measure_rate`). By the definition, not by muspy's code, which also counts the beat or bar that begins
 * where a note ends as filled.
 */
export function emptyRate(
  { starts, ends }: Pick<Activity, 'starts' | 'ends'>,
  sections: readonly Pick<BarSection, 'start' | 'end' | 'stepsPerBar'>[],
): number {
  let units = 0;
  let filled = 0;
  let stretch = 0;
  for (const { start, end, stepsPerBar } of sections) {
    const count = Math.ceil((end - start) / stepsPerBar);
    units += count;
    for (let unit = 0; unit < count && stretch < ends.length; unit++) {
      const first = Math.floor(start + unit * stepsPerBar);
      while (stretch < ends.length && (ends[stretch] as number) <= first) stretch += 1;
      if (stretch === ends.length) break;
      const stop = Math.min(end, start + (unit + 1) * stepsPerBar);
      if (Math.max(first, starts[stretch] as number) < stop) filled += 1;
    }
  }
  return 1 - filled / units;
}
