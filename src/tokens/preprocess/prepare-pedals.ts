import type { TimeTable } from '../time-table.ts';
import type { Grid } from './grid.ts';
import { binDurations } from './prepare-notes.ts';
import type { PreparedPedals } from './prepared-score.ts';
import { resampleDuration, resampleTick } from './resample.ts';
import type { TrackGroup } from './track-groups.ts';

export const NO_PEDALS: PreparedPedals = { onset: new Int32Array(0), duration: new Int32Array(0) };

export interface PedalPreparation {
  /** By ticks a beat, where pedals have Duration tokens; `undefined` where they are said as they are. */
  readonly durations: ((ticksPerBeat: number) => TimeTable) | undefined;
  /** Whether a pedal has a Duration token instead of a PedalOff. */
  readonly hasDurations: boolean;
}

/** Resamples the pedals of a group of tracks and makes one of those that touch or overlap. */
export function preparePedals(group: TrackGroup, grid: Grid, how: PedalPreparation): PreparedPedals {
  const pedals = collect(group, grid.scale);
  if (pedals.onset.length === 0) return NO_PEDALS;
  if (grid.factors.length > 0 && !how.hasDurations) return grid.rounding.pedals(pedals, grid.factors, mergeTouching);
  if (grid.factors.length > 0) grid.rounding.onsets(pedals.onset, grid.factors);
  const merged = mergeTouching(pedals);
  if (how.durations !== undefined) binDurations(merged.onset, merged.duration, grid.beats, how.durations);
  return merged;
}

/** In list order; those of several tracks by onset, then duration. */
function collect({ members }: TrackGroup, scale: number): PreparedPedals {
  const pedals = members.flatMap((track) => {
    // MidiTok's ids are made from what symusic reads (docs/midi.md).
    const { onset: onsets, duration } = track.symusicPedals ?? track.pedals;
    return Array.from(onsets, (onset, index) => ({
      onset: resampleTick(onset, scale),
      duration: resampleDuration(duration[index] ?? 0, scale),
    }));
  });
  if (members.length > 1) pedals.sort((a, b) => a.onset - b.onset || a.duration - b.duration);
  return {
    onset: Int32Array.from(pedals, (pedal) => pedal.onset),
    duration: Int32Array.from(pedals, (pedal) => pedal.duration),
  };
}

function mergeTouching({ onset, duration }: PreparedPedals): PreparedPedals {
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
