import { meterSpans } from '../midi/bars.ts';
import type { Score } from '../midi/score.ts';
import { chordFeatures } from './chord-features.ts';
import { expressivenessFeatures } from './expressiveness-features.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { instrumentFeatures } from './instrument-features.ts';
import { mergeNotes } from './merged-notes.ts';
import { noteFeatures } from './note-features.ts';
import { tallyNotes } from './note-tally.ts';
import { rhythmFeatures } from './rhythm-features.ts';
import { timeFeatures } from './time-features.ts';
import { tonalityFeatures } from './tonality-features.ts';

export type { MidiFeatures };

/**
 * Facts about a score: time, tonality, instruments, notes, rhythm, chords, expressiveness. Every score gives every field
 * of `FEATURES`; what a score has not (the key of a drum pattern) is null. Numbers are finite, floats have six decimals.
 * Pure; n log n in the events at worst, whatever the ticks and overlaps.
 *
 * @example
 * const outcome = decodeMidi(bytes);
 * if (outcome.ok) console.log(extractFeatures(outcome.score).key); // 'F# major'
 */
export function extractFeatures(score: Score): MidiFeatures {
  const notes = mergeNotes(score);
  const tally = tallyNotes(score);
  const spans = meterSpans(score);
  const { ticksPerQuarter } = score;
  const lastOnset = notes.onset[notes.count - 1];
  // A note without duration at the very end still needs a beat and a bar to be in.
  const endTick = lastOnset === undefined ? score.endTick : Math.max(score.endTick, lastOnset + 1);
  const time = timeFeatures(score, spans, endTick);
  const { bars, duration_seconds: durationSeconds } = time;
  const noteFacts = noteFeatures({ notes, tally, ticksPerQuarter, endTick, durationSeconds });
  return {
    midi_format: score.format,
    ticks_per_quarter: ticksPerQuarter,
    n_tracks: score.tracks.filter((track) => track.notes.onset.length > 0).length,
    ...time,
    ...tonalityFeatures(score, tally),
    ...instrumentFeatures(tally),
    ...noteFacts,
    ...rhythmFeatures({ notes, spans, ticksPerQuarter, bars, endTick }),
    ...chordFeatures(score, notes, spans, endTick),
    ...expressivenessFeatures(score, notes, noteFacts.n_velocities_used),
  };
}
