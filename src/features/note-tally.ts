import type { Score, Track } from '../midi/score.ts';
import { DRUMS } from './merged-notes.ts';
import { noteTable } from './note-table.ts';

/** Sums over the notes of a score that need no order. */
export interface NoteTally {
  readonly count: number;
  /** Notes of each pitch, without drums. */
  readonly pitches: Uint32Array;
  /** Ticks that the notes of each pitch last, without drums. */
  readonly pitchTicks: Float64Array;
  /** Notes of each velocity. */
  readonly velocities: Uint32Array;
  /** Notes of each program, `DRUMS` included. */
  readonly programs: Uint32Array;
  /** Ticks that the notes of each program last, `DRUMS` included. */
  readonly programTicks: Float64Array;
  /** Ticks that all notes last. */
  readonly ticks: number;
}

const sums = {
  // By pitch, then of drums, which are not asked for.
  pitches: new Uint32Array(256),
  pitchTicks: new Float64Array(256),
  velocities: new Uint32Array(128),
  programs: new Uint32Array(DRUMS + 1),
  programTicks: new Float64Array(DRUMS + 1),
};
const ofPitches = { pitches: sums.pitches.subarray(0, 128), pitchTicks: sums.pitchTicks.subarray(0, 128) };

/** Holds until the next call. @param count - of the notes in `noteTable`, which are those of the score. */
export function tallyNotes({ tracks }: Pick<Score, 'tracks'>, count: number): NoteTally {
  const ticks = tallyTracks(tracks);
  const { pitches, pitchTicks, velocities, programs, programTicks } = sums;
  pitches.fill(0);
  pitchTicks.fill(0);
  velocities.fill(0);
  const { onset, end, pitch, velocity, program } = noteTable;
  for (let i = 0; i < count; i++) {
    const loudness = velocity[i] as number;
    velocities[loudness] = (velocities[loudness] as number) + 1;
    const key = ((program[i] as number) & DRUMS) | (pitch[i] as number);
    pitches[key] = (pitches[key] as number) + 1;
    pitchTicks[key] = (pitchTicks[key] as number) + ((end[i] as number) - (onset[i] as number));
  }
  return { count, ...ofPitches, velocities, programs, programTicks, ticks };
}

/** Returns the ticks of all. */
function tallyTracks(tracks: readonly Track[]): number {
  const { programs, programTicks } = sums;
  programs.fill(0);
  programTicks.fill(0);
  let allTicks = 0;
  for (const { notes, isDrum, program } of tracks) {
    const { duration } = notes;
    const index = isDrum ? DRUMS : program;
    let ticks = 0;
    for (let i = 0; i < duration.length; i++) ticks += duration[i] as number;
    programs[index] = (programs[index] as number) + duration.length;
    programTicks[index] = (programTicks[index] as number) + ticks;
    allTicks += ticks;
  }
  return allTicks;
}
