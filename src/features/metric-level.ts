/** Level of an onset that is on no level of the metric grid. */
export const OFF_GRID_LEVEL = 12;

/** The finest grid divides the quarter in 32, and in 48 for triplets. */
const DUPLE_DEPTH = 5;

/**
 * Metric level of an onset after GigaMIDI (Lee et al., "The GigaMIDI Dataset with Features for Expressive Music
 * Performance Detection", TISMIR 2025): 0 on a quarter, 2 on an eighth, 4 on a sixteenth and so on to 10; where none of
 * these fits, 1 on the triplet of the half note, 3 on that of the quarter and so on to 11; else 12. `tick` and
 * `ticksPerQuarter` are whole numbers, the latter up to 32,767.
 */
export function metricLevel(tick: number, ticksPerQuarter: number): number {
  const period = 2 * ticksPerQuarter;
  const phase = (tick - Math.floor(tick / period) * period) | 0;
  const duple = phase * 32;
  if (duple % ticksPerQuarter === 0) return 2 * (DUPLE_DEPTH - powerOfTwoIn(duple / ticksPerQuarter));
  const triplet = phase * 48;
  if (triplet % ticksPerQuarter === 0) return 2 * (DUPLE_DEPTH - powerOfTwoIn(triplet / ticksPerQuarter)) + 1;
  return OFF_GRID_LEVEL;
}

/** How often 2 divides a whole number, up to the depth of the grid. */
function powerOfTwoIn(value: number): number {
  if (value === 0) return DUPLE_DEPTH;
  return Math.min(DUPLE_DEPTH, 31 - Math.clz32(value & -value));
}
