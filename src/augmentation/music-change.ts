/** What is done to a piece of music to get another from it. */
export interface MusicChange {
  /** Semitones up; drums stay. */
  readonly transpose: number;
  /** Factor of the tempo. */
  readonly tempo: number;
  /** Added to velocities, which stay within 1 and 127. */
  readonly velocity: number;
}

/** Values that each change may have; the changes of a piece are combinations of them. */
export type ChangeGrid = { readonly [Name in keyof MusicChange]: readonly number[] };

export const CHANGE_NAMES = ['transpose', 'tempo', 'velocity'] as const satisfies readonly (keyof MusicChange)[];

/** What leaves a piece as it is. */
export const NO_CHANGE: MusicChange = Object.freeze({ transpose: 0, tempo: 1, velocity: 0 });

export function isUnchanged({ transpose, tempo, velocity }: MusicChange): boolean {
  return transpose === NO_CHANGE.transpose && tempo === NO_CHANGE.tempo && velocity === NO_CHANGE.velocity;
}

/** Combinations of a grid. */
export function combinations({ transpose, tempo, velocity }: ChangeGrid): number {
  return transpose.length * tempo.length * velocity.length;
}

/** A combination by its number, from 0. */
export function combination(grid: ChangeGrid, number: number): MusicChange {
  const { transpose, tempo, velocity } = grid;
  const rest = Math.floor(number / velocity.length);
  return {
    transpose: transpose[Math.floor(rest / tempo.length)] ?? NO_CHANGE.transpose,
    tempo: tempo[rest % tempo.length] ?? NO_CHANGE.tempo,
    velocity: velocity[number % velocity.length] ?? NO_CHANGE.velocity,
  };
}

/** The number of a change of a grid. */
export function combinationNumber(grid: ChangeGrid, { transpose, tempo, velocity }: MusicChange): number {
  const row = grid.transpose.indexOf(transpose) * grid.tempo.length + grid.tempo.indexOf(tempo);
  return row * grid.velocity.length + grid.velocity.indexOf(velocity);
}
