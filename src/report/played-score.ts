import type { Score } from '../midi/score.ts';
import { createTempoMap } from '../midi/tempo-map.ts';

/** A score as what sounds when, in seconds. */
export interface PlayedScore {
  readonly parts: readonly PlayedPart[];
  /** Until the last note ends; at least a hundredth. */
  readonly seconds: number;
}

export interface PlayedPart {
  /** General MIDI program, -1 for drums. */
  readonly program: number;
  /** Seconds; ascending as a rule. */
  readonly onset: Float64Array;
  readonly end: Float64Array;
  readonly pitch: Uint8Array;
  readonly velocity: Uint8Array;
}

/** Parts in the order of the score; tracks without notes are left out. */
export function playedScore(score: Score): PlayedScore {
  const tempos = createTempoMap(score);
  const parts = score.tracks
    .filter(({ notes }) => notes.onset.length > 0)
    .map(({ program, isDrum, notes: { onset, duration, pitch, velocity } }): PlayedPart => {
      const ends = onset.map((start, at) => start + (duration[at] ?? 0));
      return {
        program: isDrum ? -1 : program,
        onset: tempos.secondsAtAll(onset),
        end: tempos.secondsAtAll(ends),
        pitch,
        velocity,
      };
    });
  let seconds = 0.01;
  for (const { end } of parts) for (const value of end) seconds = Math.max(seconds, value);
  return { parts, seconds };
}
