import type { BeatResolution } from './tokenizer-config.ts';

/** A span of time as a Duration, TimeShift or Rest token says it: `beat.position.resolution`. */
export interface TimeValue {
  readonly beat: number;
  readonly position: number;
  readonly resolution: number;
}

/**
 * All spans that the resolutions can express, in the order of the ranges: each position of each beat, and the end of the last
 * range. The first is left out: it says zero, but where ranges do not begin at beat 0.
 */
export function timeValues(ranges: readonly BeatResolution[]): readonly TimeValue[] {
  const values: TimeValue[] = [];
  for (const { from, to, resolution } of ranges) {
    for (let beat = from; beat < to; beat += 1) {
      for (let position = 0; position < resolution; position += 1) values.push({ beat, position, resolution });
    }
  }
  const last = ranges.reduce((latest, range) =>
    range.from > latest.from || (range.from === latest.from && range.to > latest.to) ? range : latest,
  );
  values.push({ beat: Math.max(last.from, last.to), position: 0, resolution: last.resolution });
  return values.slice(1);
}

export function timeValueText({ beat, position, resolution }: TimeValue): string {
  return `${beat}.${position}.${resolution}`;
}

export function timeValueTicks({ beat, position, resolution }: TimeValue, ticksPerBeat: number): number {
  return Math.floor(((beat * resolution + position) * ticksPerBeat) / resolution);
}
