import type { Activity } from './activity.ts';
import { entropyBits } from './entropy.ts';
import type { MidiFeatures } from './feature-schema.ts';
import type { NoteTally } from './note-tally.ts';
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
  readonly tally: NoteTally;
  readonly activity: Activity;
  readonly ticksPerQuarter: number;
  /** Where the score ends. */
  readonly endTick: number;
  readonly durationSeconds: number;
}

/** Number, density, pitch, loudness and simultaneity of notes. Pitches leave out drums, as muspy does. */
export function noteFeatures(context: NoteContext): NoteFeatures {
  const { tally, activity, ticksPerQuarter, endTick, durationSeconds } = context;
  const { count, ticks } = tally;
  const { steps } = activity;
  return {
    n_notes: count,
    notes_per_second: durationSeconds > 0 ? rounded(count / durationSeconds) : null,
    notes_per_beat: endTick > 0 ? rounded((count * ticksPerQuarter) / endTick) : null,
    note_duration_mean: count > 0 ? rounded(ticks / count / ticksPerQuarter) : null,
    ...pitchFeatures(tally.pitches),
    ...polyphonyFeatures(activity),
    silence_ratio: steps > 0 ? rounded(1 - activity.soundingSteps / steps) : null,
    ...velocityFeatures(tally.velocities, count),
  };
}

function pitchFeatures(pitches: Uint32Array) {
  const { count, min, max, mean, used } = describe(pitches);
  const hasNotes = count > 0;
  return {
    pitch_min: hasNotes ? min : null,
    pitch_max: hasNotes ? max : null,
    pitch_range: hasNotes ? max - min : null,
    pitch_mean: hasNotes ? rounded(mean) : null,
    n_pitches_used: used,
    pitch_entropy: hasNotes ? rounded(entropyBits(pitches)) : null,
  };
}

function polyphonyFeatures({ polyphony, polyphonyRate, mostPitches }: Activity) {
  return {
    polyphony: polyphony === undefined ? null : rounded(polyphony),
    polyphony_max: mostPitches,
    polyphony_rate: polyphony === undefined ? null : rounded(polyphonyRate),
  };
}

function velocityFeatures(velocities: Uint32Array, notes: number) {
  const { min, max, mean, deviation, used } = describe(velocities);
  const hasNotes = notes > 0;
  return {
    velocity_mean: hasNotes ? rounded(mean) : null,
    velocity_std: hasNotes ? rounded(deviation) : null,
    velocity_min: hasNotes ? min : null,
    velocity_max: hasNotes ? max : null,
    n_velocities_used: used,
  };
}

/** Statistics of the values 0 to 127, each as often as the histogram says; the deviation is the population's. */
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
