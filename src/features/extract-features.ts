import { meterSpans } from '../midi/bars.ts';
import type { Score } from '../midi/score.ts';
import { createTempoMap } from '../midi/tempo-map.ts';
import { measureActivity } from './activity.ts';
import { chordFeatures } from './chord-features.ts';
import { chordWindows } from './chord-windows.ts';
import { expressivenessFeatures } from './expressiveness-features.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { instrumentFeatures } from './instrument-features.ts';
import { type MergedNotes, mergeNotes } from './merged-notes.ts';
import { noteFeatures } from './note-features.ts';
import { noteTable } from './note-table.ts';
import { tallyNotes } from './note-tally.ts';
import { rhythmFeatures } from './rhythm-features.ts';
import { scratch } from './scratch.ts';
import { soundingPitches } from './sounding-pitches.ts';
import { timeFeatures } from './time-features.ts';
import { timeGrid } from './time-grid.ts';
import { tonalityFeatures } from './tonality-features.ts';

export type { MidiFeatures };

/**
 * Facts about a score: time, tonality, instruments, notes, rhythm, chords, expressiveness. Every score gives every
 * field of `FEATURES`; what it has not (a drum pattern has no key) is null. Numbers are finite, with up to six decimals.
 * Pure, and linear in the events whatever the ticks and overlaps (but for the logarithm of the number of tracks or
 * tempos). `notes` spares merging them again where the caller has them.
 *
 * @example
 * const outcome = decodeMidi(bytes);
 * if (outcome.ok) console.log(extractFeatures(outcome.score).key); // 'F# major'
 */
export function extractFeatures(score: Score, notes: MergedNotes = mergeNotes(score)): MidiFeatures {
  scratch.reset();
  noteTable.take(notes);
  const { ticksPerQuarter, tracks } = score;
  const { count } = notes;
  const lastOnset = notes.onset[Math.max(0, count - 1)];
  // A note without duration at the very end still needs a beat and a bar to be in.
  const endTick = lastOnset === undefined ? score.endTick : Math.max(score.endTick, lastOnset + 1);
  const spans = meterSpans(score);
  const tally = tallyNotes(score, count);
  const grid = timeGrid(count, spans, ticksPerQuarter, endTick);
  const windows = chordWindows(grid.sections);
  const chroma = soundingPitches(grid, windows);
  const activity = measureActivity(grid);
  const tempoMap = createTempoMap(score);
  const time = timeFeatures(score, tempoMap, spans, endTick);
  const durationSeconds = time.duration_seconds;
  const noteFacts = noteFeatures({ tally, activity, ticksPerQuarter, endTick, durationSeconds });
  return {
    midi_format: score.format,
    ticks_per_quarter: ticksPerQuarter,
    n_tracks: tracks.filter((track) => track.notes.onset.length > 0).length,
    ...time,
    ...tonalityFeatures(score, tally),
    ...instrumentFeatures(tally),
    ...noteFacts,
    ...rhythmFeatures(grid, activity),
    ...chordFeatures(score, tempoMap, windows, chroma),
    ...expressivenessFeatures(score, count, noteFacts.n_velocities_used),
  };
}
