/** Where MidiTok switches attribute controls off. */
export const NO_ATTRIBUTE_CONTROLS = {
  ac_polyphony_track: false,
  ac_polyphony_bar: false,
  ac_pitch_class_bar: false,
  ac_note_density_track: false,
  ac_note_density_bar: false,
  ac_note_duration_bar: false,
  ac_note_duration_track: false,
  ac_repetition_track: false,
} as const;
