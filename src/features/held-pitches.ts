import { DRUMS, type MergedNotes } from './merged-notes.ts';
import { scratch } from './scratch.ts';
import type { TimeGrid } from './time-grid.ts';

/** Stretches in which a pitch sounds, no two of one pitch overlapping, as a binary piano roll has them. */
export interface HeldPitches {
  readonly count: number;
  readonly pitch: Uint8Array;
  /** Steps of the grid, `[from, to)`. Of each pitch ascending. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** What of each note is not already sounding when it begins, without drums. */
export function heldPitches(notes: MergedNotes, grid: TimeGrid): HeldPitches {
  const pitch = scratch.uint8(grid.count);
  const from = scratch.int32(grid.count);
  const to = scratch.int32(grid.count);
  const heldUntil = scratch.int32(128);
  let count = 0;
  for (let i = 0; i < grid.count; i++) {
    if (notes.program[i] === DRUMS) continue;
    const key = notes.pitch[i] ?? 0;
    const end = grid.end[i] ?? 0;
    const held = heldUntil[key] ?? 0;
    if (end <= held) continue;
    const onset = grid.onset[i] ?? 0;
    pitch[count] = key;
    from[count] = onset > held ? onset : held;
    to[count] = end;
    heldUntil[key] = end;
    count += 1;
  }
  return { count, pitch, from, to };
}
