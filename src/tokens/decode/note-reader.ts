import { NoteMemory } from './note-memory.ts';
import type { StreamClock } from './stream-clock.ts';
import type { StreamTracks } from './stream-tracks.ts';
import { numberOf, type TokenMeaning } from './token-meanings.ts';

/** Of notes where velocities are no tokens. */
export const USUAL_VELOCITY = 100;

const PITCHES = new Set(['Pitch', 'PitchDrum', 'PitchIntervalTime', 'PitchIntervalChord']);

/** Reads the notes of one stream. */
export interface NoteReader {
  /** Reads what begins at place `at` of the stream; `end` where MidiTok reads no further. */
  read(tokens: readonly TokenMeaning[], at: number): 'end' | undefined;
  /** The stream ends: what still sounds. */
  finish(): void;
}

export interface NoteRules {
  readonly withVelocities: boolean;
  /** A token between pitch and velocity says the deviation from the grid (PerTok). */
  readonly withMicrotiming: boolean;
  /** In beats, where a program has no durations. */
  readonly defaultDuration: number;
  readonly pitchRange: readonly [number, number];
}

/**
 * Notes as pitch, velocity and duration, of which the last two can be missing by the options. A note that lacks a token of
 * its own, or has another in its place, is passed over.
 */
export function durationNotes(rules: NoteRules, tracks: StreamTracks, clock: StreamClock): NoteReader {
  const { withVelocities, withMicrotiming, defaultDuration, pitchRange } = rules;
  const memory = new NoteMemory(pitchRange);
  const velocityOffset = Number(withMicrotiming) + Number(withVelocities);
  return {
    read(tokens, at) {
      const token = tokens[at];
      if (token === undefined || !PITCHES.has(token.type)) return undefined;
      const pitch = memory.pitchOf(token, tracks.program);
      if (pitch === undefined) return undefined;
      memory.remember(token, tracks.program, pitch);
      if (withMicrotiming && at + 1 >= tokens.length) return undefined;
      const velocity = withVelocities ? readVelocity(tokens[at + velocityOffset]) : USUAL_VELOCITY;
      const duration = tracks.hasDurations
        ? readDuration(tokens[at + velocityOffset + 1], clock)
        : Math.trunc(defaultDuration * clock.beatTicks);
      if (velocity === undefined || duration === undefined) return undefined;
      const onset = clock.tick + clock.deviationIn(tokens[at + 1]);
      tracks.of().addNote(onset, duration, pitch, velocity);
      clock.noteEnds(onset + duration);
      return undefined;
    },
    finish() {},
  };
}

function readVelocity(token: TokenMeaning | undefined): number | undefined {
  return token?.type === 'Velocity' ? numberOf(token) : undefined;
}

function readDuration(token: TokenMeaning | undefined, clock: StreamClock): number | undefined {
  return token?.type === 'Duration' ? clock.spanOf(token) : undefined;
}
