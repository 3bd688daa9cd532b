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
  const bass = scratch.uint8(windows).fill(NO_BASS);
  const last = boundaries[windows] ?? 0;
  const firstWindows = windowsByQuarter(boundaries);
  for (let i = 0; i < held.count; i++) {
    let from = held.from[i] ?? 0;
    if (from >= last) continue;
    const to = held.to[i] ?? 0;
    const end = to < last ? to : last;
    const pitch = held.pitch[i] ?? 0;
    const pitchClass = pitch % 12;
    let window = firstWindows[(from / STEPS_PER_QUARTER) | 0] ?? 0;
    while ((boundaries[window + 1] ?? last) <= from) window += 1;
    while (from < end) {
      const windowEnd = boundaries[window + 1] ?? last;
      const until = end < windowEnd ? end : windowEnd;
      const index = window * 12 + pitchClass;
      weights[index] = (weights[index] ?? 0) + until - from;
      if (pitch < (bass[window] ?? 0)) bass[window] = pitch;
      window += 1;
      from = until;
    }
  }
  return { windows, weights, bass };
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
