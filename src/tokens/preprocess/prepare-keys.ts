import type { KeySignatures } from '../../midi/score.ts';
import type { Grid } from './grid.ts';
import type { PreparedKeys } from './prepared-score.ts';
import { resampleTick } from './resample.ts';

export const NO_KEYS: PreparedKeys = { tick: new Int32Array(0), key: new Int16Array(0) };
const C_MAJOR = 14;

/** The key signatures that tokens say: the last of several at a tick, C major where there is none at the start. */
export function prepareKeys({ tick, sharps, minor }: KeySignatures, { scale, factors, rounding }: Grid): PreparedKeys {
  const ticks = Int32Array.from(tick, (one) => resampleTick(one, scale));
  if (factors.length > 0) rounding.times(ticks, factors);
  const byTick = new Map([[0, C_MAJOR]]);
  ticks.forEach((at, index) => {
    byTick.set(at, ((sharps[index] ?? 0) + 7) * 2 + (minor[index] ?? 0));
  });
  return { tick: Int32Array.from(byTick.keys()), key: Int16Array.from(byTick.values()) };
}
