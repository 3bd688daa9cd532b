import type { Repairs } from '../../src/midi/repairs.ts';

/** `[onset, duration, pitch, velocity, channel, program]`, ticks. */
export type ExpectedNote = readonly [number, number, number, number, number, number];

/** A MIDI file that some program has trouble with, and its right reading. */
export interface OddFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly wrong: string;
  /** Why the reading below is right: the section of the standard (SMF 1.0, MIDI 1.0), or what players do. */
  readonly why: string;
  /** All notes, in any order. */
  readonly notes: readonly ExpectedNote[];
  readonly repairs: Repairs;
  /** Names of its tracks, where the file is about texts. */
  readonly names?: readonly string[];
  /** Presses of the sustain pedal, where the file is about them. */
  readonly pedals?: readonly (readonly [number, number])[];
}

export function oddFile(name: string, bytes: readonly number[], rest: Omit<OddFile, 'name' | 'bytes'>): OddFile {
  return { name, bytes: Uint8Array.from(bytes), ...rest };
}
