import type { MeterSpan } from '../midi/bars.ts';

/** Beats that are looked at for chords: over two hours at 120 beats a minute, and a bound for hostile files. */
export const MAX_CHORD_WINDOWS = 16_384;

/**
 * Boundaries, in ticks, of the beats in which chords are looked for: window i is `[result[i], result[i + 1])`. A beat
 * is here at least a quarter long: the shortest group of denominator units that is and that divides the bar evenly, or
 * three units where eighths or shorter come in threes (6/8, 9/8, 12/8).
 */
export function chordWindows(
  spans: readonly MeterSpan[],
  ticksPerQuarter: number,
  endTick: number,
  limit = MAX_CHORD_WINDOWS,
): Float64Array {
  const boundaries: number[] = [0];
  for (const span of spans) {
    const end = Math.min(span.endTick, endTick);
    const length = span.ticksPerBeat * unitsPerWindow(span, ticksPerQuarter);
    const windows = Math.min(Math.ceil((end - span.startTick) / length), limit + 1 - boundaries.length);
    for (let i = 1; i <= windows; i++) boundaries.push(Math.min(end, span.startTick + i * length));
  }
  return Float64Array.from(boundaries);
}

function unitsPerWindow({ numerator, denominator, ticksPerBeat }: MeterSpan, ticksPerQuarter: number): number {
  if (denominator >= 8 && numerator % 3 === 0 && numerator > 3) return 3;
  const least = Math.ceil(ticksPerQuarter / ticksPerBeat);
  for (let units = least; units < numerator; units++) if (numerator % units === 0) return units;
  return Math.max(least, numerator);
}
