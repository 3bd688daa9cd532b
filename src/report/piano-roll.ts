import { barTicks, meterSpans } from '../midi/bars.ts';
import type { Score } from '../midi/score.ts';

/** A score as rectangles in time and pitch; what every picture of it is drawn from. */
export interface PianoRoll {
  readonly parts: readonly RollPart[];
  /** Ticks where bars begin, ascending. */
  readonly bars: Float64Array;
  readonly endTick: number;
  /** Of the pitched parts, both inclusive; 60 to 72 where there are none. */
  readonly lowestPitch: number;
  readonly highestPitch: number;
}

/** The notes of one instrument. */
export interface RollPart {
  /** General MIDI program, -1 for drums. */
  readonly program: number;
  readonly name: string;
  readonly onset: Float64Array;
  readonly duration: Float64Array;
  readonly pitch: Uint8Array;
}

/** Parts in the order of the score; tracks without notes are left out. */
export function pianoRoll(score: Score): PianoRoll {
  const parts = score.tracks
    .filter(({ notes }) => notes.onset.length > 0)
    .map(({ program, isDrum, name, notes: { onset, duration, pitch } }) => {
      return { program: isDrum ? -1 : program, name, onset, duration, pitch };
    });
  let lowestPitch = 128;
  let highestPitch = -1;
  for (const { program, pitch } of parts) {
    if (program < 0) continue;
    for (const value of pitch) {
      lowestPitch = Math.min(lowestPitch, value);
      highestPitch = Math.max(highestPitch, value);
    }
  }
  if (highestPitch < 0) [lowestPitch, highestPitch] = [60, 72];
  const bars = barTicks(meterSpans(score));
  return { parts, bars, endTick: Math.max(score.endTick, 1), lowestPitch, highestPitch };
}
