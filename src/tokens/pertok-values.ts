import type { TimeValue } from './time-values.ts';
import type { BeatResolution, Microtiming } from './tokenizer-config.ts';

/** The spans of PerTok: those of each resolution in turn, in whole ticks, none twice; not in order of length. */
export function tickValues(ranges: readonly BeatResolution[], { ticks_per_quarter: ticks }: Microtiming): TimeValue[] {
  const values = new Map<number, TimeValue>();
  for (const { from, to, resolution } of ranges) {
    for (let beat = from; beat < to; beat += 1) {
      for (let part = 0; part < resolution; part += 1) {
        const position = Math.trunc((part * ticks) / resolution);
        const span = beat * ticks + position;
        if (span > 0 && !values.has(span)) values.set(span, { beat, position, resolution: ticks });
      }
    }
  }
  return [...values.values()];
}

/** The largest deviation from the grid that a token can say, in ticks. */
export function largestMicrotiming({ ticks_per_quarter: ticks, max_microtiming_shift: shift }: Microtiming): number {
  return Math.trunc(ticks * shift);
}

/** Deviations in ticks, from the most early to the most late. */
export function microtimings(microtiming: Microtiming): readonly number[] {
  const largest = largestMicrotiming(microtiming);
  return Array.from({ length: 2 * largest + 1 }, (_, index) => index - largest);
}

/** The smallest step of the grid on which notes are placed, in ticks. */
export function smallestShift(ranges: readonly BeatResolution[], microtiming: Microtiming): number {
  return Math.min(
    ...tickValues(ranges, microtiming).map(({ beat, position, resolution }) => beat * resolution + position),
  );
}
