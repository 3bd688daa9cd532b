import type { HeldPitches } from './held-pitches.ts';
import { scratch } from './scratch.ts';
import { STEPS_PER_QUARTER } from './time-grid.ts';

/** The bass of a window in which nothing sounds. */
const NO_BASS = 255;

/** What sounds in each window of time. */
export interface Chroma {
  readonly windows: number;
  /** Twelve values a window: steps that each pitch class sounds, all its octaves added. */
  readonly weights: Int32Array;
  /** The pitch classes that sound in each window, as bits. */
  readonly used: Uint16Array;
  /** Lowest pitch of each window; 255 where nothing sounds. */
  readonly bass: Uint8Array;
}

/**
 * Sums sounding pitches in windows of time; `boundaries` are steps that ascend, and window i is
 * `[boundaries[i], boundaries[i + 1])`. As no pitch overlaps itself, the work is at most 128 times the windows plus the
 * stretches.
 */
export function chromaOf(held: HeldPitches, boundaries: Int32Array): Chroma {
  const windows = Math.max(0, boundaries.length - 1);
  const weights = scratch.int32(windows * 12);
  const used = scratch.uint16(windows);
  const bass = scratch.uint8(windows).fill(NO_BASS);
  const last = boundaries[windows] ?? 0;
  const firstWindows = windowsByQuarter(boundaries);
  const { count, from: starts, to: ends, pitch: pitches } = held;
  for (let i = 0; i < count; i++) {
    let from = starts[i] as number;
    if (from >= last) continue;
    const to = ends[i] as number;
    const end = to < last ? to : last;
    const pitch = pitches[i] as number;
    const pitchClass = pitch % 12;
    let window = firstWindows[(from / STEPS_PER_QUARTER) | 0] as number;
    while ((boundaries[window + 1] as number) <= from) window += 1;
    while (from < end) {
      const windowEnd = boundaries[window + 1] as number;
      const until = end < windowEnd ? end : windowEnd;
      const index = window * 12 + pitchClass;
      weights[index] = (weights[index] as number) + until - from;
      used[window] = (used[window] as number) | (1 << pitchClass);
      if (pitch < (bass[window] as number)) bass[window] = pitch;
      window += 1;
      from = until;
    }
  }
  return { windows, weights, used, bass };
}

/** The window in which each quarter begins. */
function windowsByQuarter(boundaries: Int32Array): Int32Array {
  const quarters = scratch.int32(Math.ceil((boundaries[boundaries.length - 1] ?? 0) / STEPS_PER_QUARTER));
  let window = 0;
  for (let quarter = 0; quarter < quarters.length; quarter++) {
    while ((boundaries[window + 1] ?? 0) <= quarter * STEPS_PER_QUARTER) window += 1;
    quarters[quarter] = window;
  }
  return quarters;
}
