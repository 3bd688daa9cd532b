export type FeatureType = 'int' | 'float' | 'string' | 'bool' | 'int_list' | 'float_list' | 'string_list';

/**
 * What a feature is. The sources:
 *
 * - `Fujishima 1999`: "Realtime Chord Recognition of Musical Sound: a System Using Common Lisp Music", ICMC.
 * - `General MIDI`: General MIDI System Level 1, MIDI Association.
 * - `GigaMIDI`: Lee et al., "The GigaMIDI Dataset with Features for Expressive Music Performance Detection", TISMIR 2025.
 * - `jSymbolic`: McKay, Cumming and Fujinaga, "jSymbolic 2.2", ISMIR 2018.
 * - `Krumhansl 1990`: "Cognitive Foundations of Musical Pitch", Oxford University Press.
 * - `MidiCaps`: Melechovsky, Roy and Herremans, "MidiCaps: a large-scale MIDI dataset with text captions", ISMIR 2024.
 * - `muspy`: Dong et al., "MusPy: a toolkit for symbolic music generation", ISMIR 2020, `muspy.metrics`.
 * - `SMF`: stated by the file.
 * - `midiloom`: defined by the meaning given here.
 */
export interface FeatureField<Type extends FeatureType = FeatureType, Nullable extends boolean = boolean> {
  readonly type: Type;
  /** Whether the value can be null: what it describes is then absent from the file. */
  readonly nullable: Nullable;
  readonly unit: string | null;
  readonly source: string;
  readonly meaning: string;
}

/**
 * Every feature of a file by its name, in the order of a row. The types of the data set, its card and the documentation
 * are made from this table.
 */
export const FEATURES = {
  // The file.
  midi_format: always(
    'int',
    null,
    'SMF',
    'SMF format: 0 (one track), 1 (tracks played together) or 2 (tracks played apart).',
  ),
  ticks_per_quarter: always('int', 'ticks', 'SMF', 'Resolution of the file.'),
  n_tracks: always('int', null, 'midiloom', 'Tracks with notes; a track is a (MIDI track, channel, program) group.'),
  // Time.
  duration_seconds: always('float', 'seconds', 'MidiCaps', 'Time of the last event by the tempo map.'),
  duration_word: always(
    'string',
    null,
    'MidiCaps',
    'Short fragment (up to 30 s), Short song (120 s), Song (300 s) or Long piece.',
  ),
  bars: always('int', null, 'midiloom', 'Bars begun before the end, by the time signatures of the file.'),
  beats: always('int', null, 'midiloom', "Units of the time signature's denominator begun before the end."),
  tempo_bpm: always(
    'float',
    'quarters/min',
    'midiloom',
    'Median tempo, each tempo weighted by the time it holds; 120 where the file states none.',
  ),
  tempo_bpm_initial: always('float', 'quarters/min', 'MidiCaps', 'Tempo at the start.'),
  tempo_bpm_min: always('float', 'quarters/min', 'midiloom', 'Slowest tempo.'),
  tempo_bpm_max: always('float', 'quarters/min', 'midiloom', 'Fastest tempo.'),
  tempo_changes: always('int', null, 'midiloom', 'How often the tempo takes another value.'),
  tempo_is_stated: always('bool', null, 'midiloom', 'Whether the file has a tempo event.'),
  tempo_term: always('string', null, 'MidiCaps', 'Italian term for the median tempo, Grave to Prestissimo.'),
  tempo_word: always('string', null, 'MidiCaps', 'Slow, Moderate tempo, Fast or Very fast, for the median tempo.'),
  time_signature: always(
    'string',
    null,
    'midiloom',
    'The time signature that holds longest; 4/4 where the file states none.',
  ),
  time_signatures: always(
    'string_list',
    null,
    'midiloom',
    'Distinct time signatures in order of appearance, at most 32.',
  ),
  time_signature_changes: always('int', null, 'midiloom', 'How often the meter changes.'),
  time_signature_is_stated: always('bool', null, 'midiloom', 'Whether the file has a time signature event.'),
  // Tonality, without drums.
  key: optional(
    'string',
    null,
    'Krumhansl 1990',
    'Key by the Krumhansl-Schmuckler algorithm over sounding time, such as "C# minor".',
  ),
  key_confidence: optional(
    'float',
    'correlation',
    'Krumhansl 1990',
    'Correlation of the pitch class durations with the profile of the key, -1 to 1.',
  ),
  key_runner_up: optional('string', null, 'Krumhansl 1990', 'Second best key.'),
  key_runner_up_confidence: optional(
    'float',
    'correlation',
    'Krumhansl 1990',
    'Correlation with the profile of the second best key.',
  ),
  key_signature: optional('string', null, 'SMF', 'First key signature that the file states.'),
  key_signatures: always(
    'string_list',
    null,
    'SMF',
    'Distinct key signatures that the file states, in order of appearance.',
  ),
  key_signature_changes: always('int', null, 'SMF', 'How often the stated key signature changes.'),
  pitch_class_histogram: optional('float_list', 'share', 'jSymbolic', 'Share of the notes on C, C#, ... B.'),
  pitch_class_durations: optional(
    'float_list',
    'share',
    'Krumhansl 1990',
    'Share of the sounding time on C, C#, ... B.',
  ),
  n_pitch_classes_used: always('int', null, 'muspy', 'Different pitch classes.'),
  pitch_class_entropy: optional('float', 'bits', 'muspy', 'Shannon entropy of the pitch class histogram.'),
  scale_consistency: optional(
    'float',
    'share',
    'muspy',
    'Largest share of the notes in one major or natural minor scale.',
  ),
  // Instruments.
  programs: always('int_list', null, 'MidiCaps', 'General MIDI programs, the longest sounding first; 128 is drums.'),
  instruments: always('string_list', null, 'General MIDI', 'Names of the programs, in the same order.'),
  instrument_families: always(
    'string_list',
    null,
    'General MIDI',
    'General MIDI families, the longest sounding first.',
  ),
  instrument_shares: always(
    'float_list',
    'share',
    'midiloom',
    'Share of the sounding time of each program, in the same order.',
  ),
  n_instruments: always('int', null, 'midiloom', 'Different programs, drums being one.'),
  has_drums: always('bool', null, 'midiloom', 'Whether any note is on a drum channel.'),
  n_drum_notes: always('int', null, 'midiloom', 'Notes on drum channels.'),
  // Notes; pitch and polyphony without drums.
  n_notes: always('int', null, 'midiloom', 'All notes, drums too.'),
  notes_per_second: optional('float', '1/second', 'jSymbolic', 'Notes over the duration.'),
  notes_per_beat: optional('float', '1/quarter', 'midiloom', 'Notes over the length in quarters.'),
  note_duration_mean: optional('float', 'quarters', 'midiloom', 'Mean duration of a note.'),
  pitch_min: optional('int', 'MIDI pitch', 'midiloom', 'Lowest pitch.'),
  pitch_max: optional('int', 'MIDI pitch', 'midiloom', 'Highest pitch.'),
  pitch_range: optional('int', 'semitones', 'muspy', 'Highest minus lowest pitch.'),
  pitch_mean: optional('float', 'MIDI pitch', 'jSymbolic', 'Mean pitch of the notes.'),
  n_pitches_used: always('int', null, 'muspy', 'Different pitches.'),
  pitch_entropy: optional('float', 'bits', 'muspy', 'Shannon entropy of the pitch histogram.'),
  polyphony: optional(
    'float',
    'pitches',
    'muspy',
    'Mean number of different pitches that sound at once, while any sounds.',
  ),
  polyphony_max: always('int', 'pitches', 'midiloom', 'Most different pitches that sound at once.'),
  polyphony_rate: optional('float', 'share', 'muspy', 'Share of the length in which more than two pitches sound.'),
  silence_ratio: optional('float', 'share', 'midiloom', 'Share of the length in which no note sounds, drums too.'),
  velocity_mean: optional('float', 'MIDI velocity', 'midiloom', 'Mean velocity.'),
  velocity_std: optional(
    'float',
    'MIDI velocity',
    'midiloom',
    'Standard deviation of the velocities (of the population).',
  ),
  velocity_min: optional('int', 'MIDI velocity', 'midiloom', 'Softest note.'),
  velocity_max: optional('int', 'MIDI velocity', 'midiloom', 'Loudest note.'),
  n_velocities_used: always('int', null, 'GigaMIDI', 'Different velocities.'),
  // Rhythm, with drums.
  inter_onset_entropy: optional(
    'float',
    'bits',
    'midiloom',
    'Shannon entropy of the intervals between onsets, in steps of 1/16 quarter up to four quarters.',
  ),
  empty_beat_rate: optional('float', 'share', 'muspy', 'Share of the quarters in which no note sounds.'),
  empty_measure_rate: optional('float', 'share', 'muspy', 'Share of the bars in which no note sounds.'),
  groove_consistency: optional(
    'float',
    'share',
    'muspy',
    '1 minus the mean difference of the onset patterns of neighbouring bars, on 16 steps a quarter.',
  ),
  repeated_bar_rate: optional(
    'float',
    'share',
    'midiloom',
    'Share of the bars with onsets that repeat an earlier bar on a grid of sixteenths.',
  ),
  // Chords, one a beat, without drums.
  chords: always('string_list', null, 'Fujishima 1999', 'Chord changes, such as "C", "F#m7", "Bbdim".'),
  chord_seconds: always('float_list', 'seconds', 'MidiCaps', 'Time of each chord change.'),
  n_chords_used: always('int', null, 'midiloom', 'Different chords.'),
  chord_summary: always('string_list', null, 'MidiCaps', 'Most frequent progression of two to five chords.'),
  chord_summary_count: always('int', null, 'MidiCaps', 'How often that progression is played.'),
  // Expressiveness.
  timing: optional(
    'string',
    null,
    'GigaMIDI',
    '"performed" where the median onset is on no metric level, else "quantized".',
  ),
  on_grid_rate: optional('float', 'share', 'GigaMIDI', 'Share of the notes that begin on a metric level.'),
  note_onset_median_metric_level: optional(
    'int',
    null,
    'GigaMIDI',
    'NOMML: 0 on the quarter to 11 on the finest grid, 12 on none.',
  ),
  note_onset_deviation_ratio: optional(
    'float',
    'share',
    'GigaMIDI',
    'DNODR: different offsets from the quarter, over the ticks of a quarter.',
  ),
  note_velocity_ratio: optional('float', 'share', 'GigaMIDI', 'DNVR: different velocities, over 127.'),
  n_pedals: always('int', null, 'midiloom', 'Presses of the sustain pedal.'),
  n_pitch_bends: always('int', null, 'midiloom', 'Pitch bend events.'),
  n_controls: always('int', null, 'midiloom', 'Control change events.'),
  n_lyrics: always('int', null, 'midiloom', 'Lyric events.'),
} as const;

export type FeatureName = keyof typeof FEATURES;

interface ValueOf {
  readonly int: number;
  readonly float: number;
  readonly string: string;
  readonly bool: boolean;
  readonly int_list: readonly number[];
  readonly float_list: readonly number[];
  readonly string_list: readonly string[];
}

/** The features of one file: plain data, the same keys on every row, numbers always finite. */
export type MidiFeatures = {
  readonly [Name in FeatureName]:
    | ValueOf[(typeof FEATURES)[Name]['type']]
    | ((typeof FEATURES)[Name]['nullable'] extends true ? null : never);
};

function always<T extends FeatureType>(type: T, unit: string | null, source: string, meaning: string) {
  return field(type, false, unit, source, meaning);
}

function optional<T extends FeatureType>(type: T, unit: string | null, source: string, meaning: string) {
  return field(type, true, unit, source, meaning);
}

function field<T extends FeatureType, N extends boolean>(
  type: T,
  nullable: N,
  unit: string | null,
  source: string,
  meaning: string,
): FeatureField<T, N> {
  return { type, nullable, unit, source, meaning };
}
