import type { Section } from './sections.ts';
import type { TrackGroup } from './track-groups.ts';
export interface PreparedPitchBends {
  readonly tick: Int32Array;
  readonly bin: Uint16Array;
}
export const NO_PITCH_BENDS: PreparedPitchBends = { tick: new Int32Array(0), bin: new Uint16Array(0) };
export function preparePitchBends(
  _group: TrackGroup,
  _scale: number,
  _factors: readonly Section[],
): PreparedPitchBends {
  return NO_PITCH_BENDS;
}
