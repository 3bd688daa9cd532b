import type { Controls } from '../../midi/score.ts';
import { nearestIndex } from '../bins.ts';
import type { Grid } from './grid.ts';
import type { PreparedControls } from './prepared-score.ts';
import { resampleTick } from './resample.ts';
import type { TrackGroup } from './track-groups.ts';

export const NO_CONTROLS: PreparedControls = { tick: new Int32Array(0), key: new Uint16Array(0) };

/** Controllers that are set to a value, so that saying it twice changes nothing. */
const SETTERS = new Set([
  1, 2, 4, 5, 7, 8, 10, 11, 64, 65, 66, 67, 68, 69, 71, 72, 73, 74, 75, 76, 77, 78, 91, 92, 93, 94, 95,
]);

/** Values by the number of the controller; others are not said. */
type ControlValues = ReadonlyMap<number, readonly number[]>;

/** The control changes of a group of tracks that tokens say, binned, without those that repeat the one before at a tick. */
export function prepareControls({ members }: TrackGroup, grid: Grid, values: ControlValues): PreparedControls {
  const all = members.flatMap(({ controls }) => prepareTrack(controls, grid, values));
  if (members.length > 1) all.sort((a, b) => a.tick - b.tick);
  return {
    tick: Int32Array.from(all, (control) => control.tick),
    key: Uint16Array.from(all, (control) => control.key),
  };
}

interface Control {
  readonly tick: number;
  readonly key: number;
}

function prepareTrack({ tick, number, value }: Controls, grid: Grid, said: ControlValues): readonly Control[] {
  const order = [...tick.keys()].sort((a, b) => (tick[a] ?? 0) - (tick[b] ?? 0));
  const kept: number[] = [];
  const keys: number[] = [];
  let lastTick = -1;
  let lastKey = -1;
  for (const index of order) {
    const numberHere = number[index] ?? 0;
    const values = said.get(numberHere);
    const valueHere = value[index] ?? 0;
    const bin = values === undefined ? valueHere : (values[nearestIndex(values, valueHere)] ?? valueHere);
    const key = numberHere * 128 + bin;
    const repeats = tick[index] === lastTick && key === lastKey && SETTERS.has(numberHere);
    lastTick = tick[index] ?? 0;
    lastKey = key;
    if (values === undefined || repeats) continue;
    kept.push(resampleTick(lastTick, grid.scale));
    keys.push(key);
  }
  const ticks = Int32Array.from(kept);
  if (grid.factors.length > 0) grid.rounding.times(ticks, grid.factors);
  return keys.map((key, index) => ({ tick: ticks[index] ?? 0, key }));
}
