import type { MidiFeatures } from '../features/feature-schema.ts';

/** The features that claims are held against. */
export type PieceFacts = Pick<
  MidiFeatures,
  | 'key'
  | 'key_confidence'
  | 'key_signatures'
  | 'pitch_class_durations'
  | 'tempo_bpm'
  | 'tempo_bpm_initial'
  | 'tempo_bpm_min'
  | 'tempo_bpm_max'
  | 'tempo_changes'
  | 'tempo_is_stated'
  | 'time_signature'
  | 'time_signatures'
  | 'time_signature_is_stated'
  | 'timing'
  | 'programs'
  | 'instrument_shares'
  | 'duration_seconds'
  | 'chords'
  | 'chord_seconds'
  | 'velocity_mean'
  | 'n_velocities_used'
  | 'notes_per_second'
>;
