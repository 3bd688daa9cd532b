import type { Score } from '../midi/score.ts';
import type { TempoMap } from '../midi/tempo-map.ts';
import { mostFrequentProgression } from './chord-progression.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { CHORD_COUNT, chordSymbol, NO_CHORD, recognizeChords } from './recognize-chords.ts';
import { scratch } from './scratch.ts';
import type { Chroma } from './sounding-pitches.ts';
import { STEPS_PER_QUARTER } from './time-grid.ts';

type ChordFeatures = Pick<
  MidiFeatures,
  'chords' | 'chord_seconds' | 'n_chords_used' | 'chord_summary' | 'chord_summary_count'
>;

/** The harmony, one chord a beat, given as the changes. `boundaries` are the `chordWindows` of `chroma`. */
export function chordFeatures(
  { ticksPerQuarter }: Score,
  tempo: TempoMap,
  boundaries: Int32Array,
  chroma: Chroma,
): ChordFeatures {
  const windowChords = recognizeChords(chroma);
  const starts = changesOf(windowChords);
  const changes = scratch.int16(starts.length);
  for (let i = 0; i < starts.length; i++) changes[i] = windowChords[starts[i] as number] as number;
  const ticksPerStep = ticksPerQuarter / STEPS_PER_QUARTER;
  const chords: string[] = [];
  const chord_seconds: number[] = [];
  for (let i = 0; i < starts.length; i++) {
    chords.push(chordSymbol(changes[i] ?? NO_CHORD));
    chord_seconds.push(Math.round(tempo.secondsAt((boundaries[starts[i] ?? 0] ?? 0) * ticksPerStep) * 1000) / 1000);
  }
  const progression = mostFrequentProgression(changes);
  return {
    chords,
    chord_seconds,
    n_chords_used: distinctChords(changes),
    chord_summary: progression.chords.map(chordSymbol),
    chord_summary_count: progression.count,
  };
}

/** The windows in which another chord begins. */
function changesOf(chords: Int16Array): Int16Array {
  const starts = scratch.int16(chords.length);
  let count = 0;
  let previous = NO_CHORD;
  for (let window = 0; window < chords.length; window++) {
    const chord = chords[window] as number;
    if (chord === previous) continue;
    starts[count] = window;
    count += 1;
    previous = chord;
  }
  return starts.subarray(0, count);
}

function distinctChords(chords: Int16Array): number {
  const used = scratch.uint8(CHORD_COUNT);
  let distinct = 0;
  for (let i = 0; i < chords.length; i++) {
    const chord = chords[i] as number;
    distinct += 1 - (used[chord] as number);
    used[chord] = 1;
  }
  return distinct;
}
