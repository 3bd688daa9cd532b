import type { BeatResolution } from './tokenizer-config.ts';

/** A span of time as a Duration, TimeShift or Rest token says it: `beat.position.resolution`. */
export interface TimeValue {
  readonly beat: number;
  readonly position: number;
  readonly resolution: number;
}

/** All spans that the resolutions can express, shortest first: each position of each beat, and the end of the last range. */
export function timeValues(ranges: readonly BeatResolution[]): readonly TimeValue[] {
  const values: TimeValue[] = [];
  for (const { from, to, resolution } of ranges) {
    for (let beat = from; beat < to; beat += 1) {
      for (let position = 0; position < resolution; position += 1) values.push({ beat, position, resolution });
    }
  }
  const last = ranges.reduce((longest, range) => (range.to > longest.to ? range : longest));
  values.push({ beat: last.to, position: 0, resolution: last.resolution });
  return values.slice(1);
}

export function timeValueText({ beat, position, resolution }: TimeValue): string {
  return `${beat}.${position}.${resolution}`;
}

export function timeValueTicks({ beat, position, resolution }: TimeValue, ticksPerBeat: number): number {
  return Math.floor(((beat * resolution + position) * ticksPerBeat) / resolution);
}

/** The spans in ticks at one number of ticks a beat, made for looking up. */
export interface TimeTable {
  /** Of each value, in the order of the vocabulary. */
  readonly ticks: Int32Array;
  /** For each span up to the longest: index of the nearest value, a tie goes to the longer. */
  readonly nearest: Uint16Array;
  /** For each span up to the longest: index of the longest value that is not longer; 65535 where none is. */
  readonly within: Uint16Array;
  readonly shortest: number;
  readonly longest: number;
}

export const NO_VALUE = 0xffff;

export function timeTable(values: readonly TimeValue[], ticksPerBeat: number): TimeTable {
  const ticks = Int32Array.from(values, (value) => timeValueTicks(value, ticksPerBeat));
  const shortest = ticks[0] ?? 0;
  const longest = ticks.at(-1) ?? 0;
  const nearest = new Uint16Array(longest + 1);
  const within = new Uint16Array(longest + 1).fill(NO_VALUE);
  let index = 0;
  for (let span = 0; span <= longest; span += 1) {
    while (index + 1 < ticks.length && (ticks[index + 1] ?? 0) <= span) index += 1;
    const above = ticks[index + 1] ?? Number.POSITIVE_INFINITY;
    const below = ticks[index] ?? 0;
    nearest[span] = below >= span || span - below < above - span ? index : index + 1;
    if (below <= span) within[span] = index;
  }
  return { ticks, nearest, within, shortest, longest };
}
