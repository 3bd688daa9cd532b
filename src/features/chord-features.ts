import type { MeterSpan } from '../midi/bars.ts';
import type { Score } from '../midi/score.ts';
import { createTempoMap } from '../midi/tempo-map.ts';
import { mostFrequentProgression } from './chord-progression.ts';
import { chordWindows } from './chord-windows.ts';
import { chromaOf } from './chroma.ts';
import type { MidiFeatures } from './feature-schema.ts';
import type { MergedNotes } from './merged-notes.ts';
import { chordSymbol, NO_CHORD, recognizeChords } from './recognize-chords.ts';

type ChordFeatures = Pick<
  MidiFeatures,
  'chords' | 'chord_seconds' | 'n_chords_used' | 'chord_summary' | 'chord_summary_count'
>;

/** The harmony, one chord a beat, given as the changes. `endTick` is where the score ends. */
export function chordFeatures(
  score: Score,
  notes: MergedNotes,
  spans: readonly MeterSpan[],
  endTick: number,
): ChordFeatures {
  const boundaries = chordWindows(spans, score.ticksPerQuarter, endTick);
  const windowChords = recognizeChords(chromaOf(notes, boundaries, score.ticksPerQuarter));
  const starts = changesOf(windowChords);
  const changes = starts.map((window) => windowChords[window] ?? NO_CHORD);
  const tempo = createTempoMap(score);
  const chords: string[] = [];
  const chord_seconds: number[] = [];
  for (let i = 0; i < starts.length; i++) {
    chords.push(chordSymbol(changes[i] ?? NO_CHORD));
    chord_seconds.push(Math.round(tempo.secondsAt(boundaries[starts[i] ?? 0] ?? 0) * 1000) / 1000);
  }
  const progression = mostFrequentProgression(changes);
  return {
    chords,
    chord_seconds,
    n_chords_used: new Set(changes).size,
    chord_summary: progression.chords.map(chordSymbol),
    chord_summary_count: progression.count,
  };
}

/** The windows in which another chord begins. */
function changesOf(chords: Int16Array): Int16Array {
  const starts = new Int16Array(chords.length);
  let count = 0;
  let previous = NO_CHORD;
  for (let window = 0; window < chords.length; window++) {
    const chord = chords[window] ?? NO_CHORD;
    if (chord === previous) continue;
    starts[count] = window;
    count += 1;
    previous = chord;
  }
  return starts.subarray(0, count);
}
