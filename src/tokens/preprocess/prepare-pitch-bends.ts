import { nearestIndex } from '../bins.ts';
import type { Grid } from './grid.ts';
import type { PreparedPitchBends } from './prepared-score.ts';
import { resampleTick } from './resample.ts';
import type { TrackGroup } from './track-groups.ts';

export const NO_PITCH_BENDS: PreparedPitchBends = { tick: new Int32Array(0), bin: new Uint16Array(0) };

/** Resamples and bins the pitch bends of a group of tracks; of several at a tick the strongest stays, the first if equal. */
export function preparePitchBends(
  { members }: TrackGroup,
  { scale, factors, rounding }: Grid,
  values: readonly number[],
): PreparedPitchBends {
  const bends = members.flatMap(({ pitchBends }) =>
    Array.from(pitchBends.tick, (tick, index) => ({
      tick: resampleTick(tick, scale),
      bin: nearestIndex(values, pitchBends.value[index] ?? 0),
    })),
  );
  if (bends.length === 0) return NO_PITCH_BENDS;
  if (members.length > 1) bends.sort((a, b) => a.tick - b.tick);
  const tick = Int32Array.from(bends, (bend) => bend.tick);
  const bin = Uint16Array.from(bends, (bend) => bend.bin);
  if (factors.length > 0) rounding.times(tick, factors);
  const strength = (index: number): number => Math.abs(values[bin[index] ?? 0] ?? 0);
  let kept = 0;
  for (let index = 1; index < tick.length; index += 1) {
    if (tick[index] !== tick[kept]) {
      kept += 1;
      tick[kept] = tick[index] ?? 0;
    } else if (strength(index) <= strength(kept)) continue;
    bin[kept] = bin[index] ?? 0;
  }
  return { tick: tick.subarray(0, kept + 1), bin: bin.subarray(0, kept + 1) };
}
