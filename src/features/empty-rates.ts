import type { BarSection } from './time-grid.ts';

/**
 * Share of the beats or bars of `sections` in which nothing sounds (`muspy.empty_beat_rate`, whose beat is the quarter,
 * and `muspy.empty_measure_rate`), where `sounds` says for each step of the grid whether anything does. By the
 * definition, not by muspy's code, which also counts the beat or bar that begins where a note ends as filled.
 */
export function emptyRate(
  sounds: Uint8Array,
  sections: readonly Pick<BarSection, 'start' | 'end' | 'stepsPerBar'>[],
): number {
  let units = 0;
  let filled = 0;
  for (const { start, end, stepsPerBar } of sections) {
    const count = Math.ceil((end - start) / stepsPerBar);
    units += count;
    for (let unit = 0; unit < count; unit++) {
      const stop = Math.min(end, start + (unit + 1) * stepsPerBar);
      let step = Math.floor(start + unit * stepsPerBar);
      while (step < stop && sounds[step] === 0) step += 1;
      if (step < stop) filled += 1;
    }
  }
  return 1 - filled / units;
}
