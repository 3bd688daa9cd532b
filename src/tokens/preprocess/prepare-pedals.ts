import type { Section } from './sections.ts';
import type { TrackGroup } from './track-groups.ts';
export interface PreparedPedals {
  readonly onset: Int32Array;
  readonly duration: Int32Array;
}
export const NO_PEDALS: PreparedPedals = { onset: new Int32Array(0), duration: new Int32Array(0) };
export function preparePedals(_group: TrackGroup, _scale: number, _factors: readonly Section[]): PreparedPedals {
  return NO_PEDALS;
}
