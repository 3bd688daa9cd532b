import { DRUMS, type MergedNotes } from '../features/merged-notes.ts';
import { scratch } from '../features/scratch.ts';
import type { TempoMap } from '../midi/tempo-map.ts';

/** Lengths of the windows of Aria-MIDI's density test; see `PRESETS`. */
export const PEAK_WINDOWS_SECONDS = [3, 5, 10, 45] as const;
/** A window begins each second from the first note on. */
const WINDOW_STEP_SECONDS = 1;

type WindowSeconds = (typeof PEAK_WINDOWS_SECONDS)[number];

/** Notes a second in the densest window of each length, and of the pitch that is played most often in any window. */
export type PeakDensity = {
  readonly [Name in `peak_notes_per_second_${WindowSeconds}s` | `peak_pitch_rate_${WindowSeconds}s`]: number;
};

/** Names of the fields of `peakDensity`. */
export const PEAK_DENSITY_FIELDS: readonly (keyof PeakDensity)[] = PEAK_WINDOWS_SECONDS.flatMap((seconds) => [
  `peak_notes_per_second_${seconds}s` as const,
  `peak_pitch_rate_${seconds}s` as const,
]);

/**
 * The densest windows of a piece, without drums; all 0 for a piece without notes. As in aria-utils (EleutherAI,
 * `test_note_density_in_interval`) a window begins each second from the first note on, both its ends count, and counts
 * are divided by its length. Linear in the notes and seconds.
 *
 * @param tempoMap - `createTempoMap(score)`.
 */
export function peakDensity(notes: MergedNotes, tempoMap: TempoMap): PeakDensity {
  scratch.reset();
  const { seconds, pitches } = pitchedNotes(notes, tempoMap);
  const density: Partial<Record<keyof PeakDensity, number>> = {};
  for (const length of PEAK_WINDOWS_SECONDS) {
    const densest = densestWindow(seconds, pitches, length);
    density[`peak_notes_per_second_${length}s`] = rounded(densest.notes / length);
    density[`peak_pitch_rate_${length}s`] = rounded(densest.ofOnePitch / length);
  }
  return density as PeakDensity;
}

function pitchedNotes({ count, onset, pitch, program }: MergedNotes, tempoMap: TempoMap) {
  const seconds = tempoMap.secondsAtAll(onset, scratch.float64(count));
  const pitches = scratch.uint8(count);
  let pitched = 0;
  for (let i = 0; i < count; i++) {
    if (program[i] === DRUMS) continue;
    seconds[pitched] = seconds[i] as number;
    pitches[pitched++] = pitch[i] as number;
  }
  return { seconds: seconds.subarray(0, pitched), pitches: pitches.subarray(0, pitched) };
}

/**
 * A window drops what is before it and then takes in what is new, so that a pitch's count is largest just after one of
 * its notes came in: nothing else has to be looked at.
 */
function densestWindow(seconds: Float64Array, pitches: Uint8Array, length: number) {
  const counts = scratch.uint32(128);
  let notes = 0;
  let ofOnePitch = 0;
  let first = 0;
  let next = 0;
  for (let start = seconds[0] ?? 0; next < seconds.length; start += WINDOW_STEP_SECONDS) {
    for (; first < next && (seconds[first] as number) < start; first++) {
      const pitch = pitches[first] as number;
      counts[pitch] = (counts[pitch] as number) - 1;
    }
    for (; next < seconds.length && (seconds[next] as number) <= start + length; next++) {
      const pitch = pitches[next] as number;
      const count = (counts[pitch] as number) + 1;
      counts[pitch] = count;
      if (count > ofOnePitch) ofOnePitch = count;
    }
    if (next - first > notes) notes = next - first;
  }
  return { notes, ofOnePitch };
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
