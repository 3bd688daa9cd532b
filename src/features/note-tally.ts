import type { Score } from '../midi/score.ts';
import { DRUMS } from './merged-notes.ts';
import { scratch } from './scratch.ts';

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
}

export function tallyNotes({ tracks }: Pick<Score, 'tracks'>): NoteTally {
  const pitches = scratch.uint32(128);
  const pitchTicks = scratch.float64(128);
  const velocities = scratch.uint32(128);
  const programs = scratch.uint32(DRUMS + 1);
  const programTicks = scratch.float64(DRUMS + 1);
  let count = 0;
  for (const { notes, isDrum, program } of tracks) {
    const { length } = notes.onset;
    const index = isDrum ? DRUMS : program;
    let ticks = 0;
    for (let i = 0; i < length; i++) {
      const duration = notes.duration[i] ?? 0;
      const velocity = notes.velocity[i] ?? 0;
      ticks += duration;
      velocities[velocity] = (velocities[velocity] ?? 0) + 1;
      if (isDrum) continue;
      const pitch = notes.pitch[i] ?? 0;
      pitches[pitch] = (pitches[pitch] ?? 0) + 1;
      pitchTicks[pitch] = (pitchTicks[pitch] ?? 0) + duration;
    }
    count += length;
    programs[index] = (programs[index] ?? 0) + length;
    programTicks[index] = (programTicks[index] ?? 0) + ticks;
  }
  return { count, pitches, pitchTicks, velocities, programs, programTicks };
}
