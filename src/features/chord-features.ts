import type { Score } from '../midi/score.ts';
import { createTempoMap } from '../midi/tempo-map.ts';
import { mostFrequentProgression } from './chord-progression.ts';
import { chordWindows } from './chord-windows.ts';
import { chromaOf } from './chroma.ts';
import type { MidiFeatures } from './feature-schema.ts';
import type { HeldPitches } from './held-pitches.ts';
import { CHORD_COUNT, chordSymbol, NO_CHORD, recognizeChords } from './recognize-chords.ts';
import { scratch } from './scratch.ts';
import { STEPS_PER_QUARTER, type TimeGrid } from './time-grid.ts';

type ChordFeatures = Pick<
  MidiFeatures,
  'chords' | 'chord_seconds' | 'n_chords_used' | 'chord_summary' | 'chord_summary_count'
>;

/** The harmony, one chord a beat, given as the changes. */
export function chordFeatures(score: Score, held: HeldPitches, grid: TimeGrid): ChordFeatures {
  const boundaries = chordWindows(grid.sections);
  const windowChords = recognizeChords(chromaOf(held, boundaries));
  const starts = changesOf(windowChords);
  const changes = starts.map((window) => windowChords[window] ?? NO_CHORD);
  const tempo = createTempoMap(score);
  const ticksPerStep = score.ticksPerQuarter / STEPS_PER_QUARTER;
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
    const chord = chords[window] ?? NO_CHORD;
    if (chord === previous) continue;
    starts[count] = window;
    count += 1;
    previous = chord;
  }
  return starts.subarray(0, count);
}

function distinctChords(chords: Int16Array): number {
  const used = scratch.uint8(CHORD_COUNT);
  for (let i = 0; i < chords.length; i++) used[chords[i] ?? 0] = 1;
  return used.reduce((sum, flag) => sum + flag, 0);
}
