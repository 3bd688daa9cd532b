import { entropyBits } from './entropy.ts';
import type { MidiFeatures } from './feature-schema.ts';
import type { MergedNotes } from './merged-notes.ts';
import type { NoteTally } from './note-tally.ts';
import { measurePolyphony } from './polyphony.ts';
import { rounded } from './rounded.ts';

type NoteFeatures = Pick<
  MidiFeatures,
  | 'n_notes'
  | 'notes_per_second'
  | 'notes_per_beat'
  | 'note_duration_mean'
  | 'pitch_min'
  | 'pitch_max'
  | 'pitch_range'
  | 'pitch_mean'
  | 'n_pitches_used'
  | 'pitch_entropy'
  | 'polyphony'
  | 'polyphony_max'
  | 'polyphony_rate'
  | 'silence_ratio'
  | 'velocity_mean'
  | 'velocity_std'
  | 'velocity_min'
  | 'velocity_max'
  | 'n_velocities_used'
>;

export interface NoteContext {
  readonly notes: MergedNotes;
  readonly tally: NoteTally;
  readonly ticksPerQuarter: number;
  /** Where the score ends. */
  readonly endTick: number;
  readonly durationSeconds: number;
}

/** Number, density, pitch, loudness and simultaneity of notes. Pitches leave out drums, as muspy does. */
export function noteFeatures(context: NoteContext): NoteFeatures {
  const { notes, tally, ticksPerQuarter, endTick, durationSeconds } = context;
  const noteTicks = tally.programTicks.reduce((sum, ticks) => sum + ticks, 0);
  return {
    n_notes: notes.count,
    notes_per_second: durationSeconds > 0 ? rounded(notes.count / durationSeconds) : null,
    notes_per_beat: endTick > 0 ? rounded((notes.count * ticksPerQuarter) / endTick) : null,
    note_duration_mean: notes.count > 0 ? rounded(noteTicks / notes.count / ticksPerQuarter) : null,
    ...pitchFeatures(tally.pitches),
    ...polyphonyFeatures(notes, endTick),
    silence_ratio: endTick > 0 ? rounded(1 - soundingTicks(notes) / endTick) : null,
    ...velocityFeatures(tally.velocities, notes.count),
  };
}

/** Ticks during which any note sounds. */
function soundingTicks(notes: MergedNotes): number {
  let sounding = 0;
  let silentFrom = 0;
  for (let i = 0; i < notes.count; i++) {
    const end = notes.end[i] ?? 0;
    if (end <= silentFrom) continue;
    const onset = notes.onset[i] ?? 0;
    sounding += end - (onset > silentFrom ? onset : silentFrom);
    silentFrom = end;
  }
  return sounding;
}

function pitchFeatures(pitches: Uint32Array) {
  const { count, min, max, mean, used } = describe(pitches);
  const any = count > 0;
  return {
    pitch_min: any ? min : null,
    pitch_max: any ? max : null,
    pitch_range: any ? max - min : null,
    pitch_mean: any ? rounded(mean) : null,
    n_pitches_used: used,
    pitch_entropy: any ? rounded(entropyBits(pitches)) : null,
  };
}

function polyphonyFeatures(notes: MergedNotes, endTick: number) {
  const { soundingTicks: pitchedTicks, denseTicks, pitchTicks, most } = measurePolyphony(notes);
  return {
    polyphony: pitchedTicks > 0 ? rounded(pitchTicks / pitchedTicks) : null,
    polyphony_max: most,
    polyphony_rate: pitchedTicks > 0 ? rounded(denseTicks / endTick) : null,
  };
}

function velocityFeatures(velocities: Uint32Array, notes: number) {
  const { min, max, mean, deviation, used } = describe(velocities);
  const any = notes > 0;
  return {
    velocity_mean: any ? rounded(mean) : null,
    velocity_std: any ? rounded(deviation) : null,
    velocity_min: any ? min : null,
    velocity_max: any ? max : null,
    n_velocities_used: used,
  };
}

/** Statistics of the values 0 to 127, each as often as the histogram says; the standard deviation is the population's. */
function describe(histogram: Uint32Array) {
  let count = 0;
  let sum = 0;
  let squares = 0;
  let used = 0;
  let min = 127;
  let max = 0;
  for (let value = 0; value < 128; value++) {
    const times = histogram[value] ?? 0;
    if (times === 0) continue;
    count += times;
    sum += times * value;
    squares += times * value * value;
    used += 1;
    min = Math.min(min, value);
    max = value;
  }
  const mean = count > 0 ? sum / count : 0;
  const deviation = count > 0 ? Math.sqrt(Math.max(0, squares / count - mean * mean)) : 0;
  return { count, min, max, mean, deviation, used };
}
