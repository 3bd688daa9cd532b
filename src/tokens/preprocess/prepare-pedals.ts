import { roundDurations, roundOnsets, stretchEnds } from './grid-rounding.ts';
import { resampleDuration, resampleTick } from './resample.ts';
import type { Section } from './sections.ts';
import type { TrackGroup } from './track-groups.ts';

/** Sustain pedals of one track, none of which touch. */
export interface PreparedPedals {
  readonly onset: Int32Array;
  readonly duration: Int32Array;
}

export const NO_PEDALS: PreparedPedals = { onset: new Int32Array(0), duration: new Int32Array(0) };

/** Resamples the pedals of a group of tracks and makes one of those that touch or overlap. */
export function preparePedals(group: TrackGroup, scale: number, factors: readonly Section[]): PreparedPedals {
  const { onset, duration } = collect(group, scale);
  if (onset.length === 0) return NO_PEDALS;
  if (factors.length > 0) roundOnsets(onset, factors, stretchEnds(onset, factors));
  const merged = mergeTouching(onset, duration);
  if (factors.length > 0) roundDurations(merged.onset, merged.duration, factors, stretchEnds(merged.onset, factors));
  return merged;
}

/** In list order; those of several tracks by onset, then duration. */
function collect({ members }: TrackGroup, scale: number): PreparedPedals {
  const pedals = members.flatMap((track) =>
    Array.from(track.pedals.onset, (onset, index) => ({
      onset: resampleTick(onset, scale),
      duration: resampleDuration(track.pedals.duration[index] ?? 0, scale),
    })),
  );
  if (members.length > 1) pedals.sort((a, b) => a.onset - b.onset || a.duration - b.duration);
  return {
    onset: Int32Array.from(pedals, (pedal) => pedal.onset),
    duration: Int32Array.from(pedals, (pedal) => pedal.duration),
  };
}

function mergeTouching(onset: Int32Array, duration: Int32Array): PreparedPedals {
  let kept = -1;
  let end = -1;
  onset.forEach((start, index) => {
    const endHere = start + (duration[index] ?? 0);
    if (kept >= 0 && end >= start) {
      end = Math.max(end, endHere);
    } else {
      kept += 1;
      onset[kept] = start;
      end = endHere;
    }
    duration[kept] = end - (onset[kept] ?? 0);
  });
  return { onset: onset.subarray(0, kept + 1), duration: duration.subarray(0, kept + 1) };
}
