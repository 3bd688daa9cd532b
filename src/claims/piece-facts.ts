import { FEATURES, type MidiFeatures } from '../features/feature-schema.ts';

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

const NAMES = [
  'key',
  'key_confidence',
  'key_signatures',
  'pitch_class_durations',
  'tempo_bpm',
  'tempo_bpm_initial',
  'tempo_bpm_min',
  'tempo_bpm_max',
  'tempo_changes',
  'tempo_is_stated',
  'time_signature',
  'time_signatures',
  'time_signature_is_stated',
  'timing',
  'programs',
  'instrument_shares',
  'duration_seconds',
  'chords',
  'chord_seconds',
  'velocity_mean',
  'n_velocities_used',
  'notes_per_second',
] as const satisfies readonly (keyof PieceFacts)[];

/** The features of a stored record; `undefined` where one is not there as it should be: the record is another program's. */
export function pieceFactsOf(metadata: Readonly<Record<string, unknown>>): PieceFacts | undefined {
  return hasFacts(metadata) ? metadata : undefined;
}

function hasFacts(metadata: Readonly<Record<string, unknown>>): metadata is PieceFacts & Record<string, unknown> {
  for (const name of NAMES) {
    const { type, nullable } = FEATURES[name];
    if (!isOfType(metadata[name], type, nullable)) return false;
  }
  return true;
}

function isOfType(value: unknown, type: string, isNullable: boolean): boolean {
  if (value === null) return isNullable;
  switch (type) {
    case 'int':
    case 'float':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    default:
      return Array.isArray(value);
  }
}
