import type { RepairKey } from './repairs.ts';

export type OtherReader = 'symusic' | 'mido' | 'pretty_midi';

/** What a reader does with a file: refuses it, reads the notes that we read, or reads others. */
export type Treatment = 'other' | 'refuses' | 'same';

type Treatments = Readonly<Record<OtherReader, readonly Treatment[]>>;

/**
 * What symusic 0.6, mido and pretty_midi do with files that have one fault, as to their notes; several where it depends on the
 * file. `test/peers/midi` holds it to what they do with the files of `scripts/odd-midi`.
 */
export const OTHER_READERS: Readonly<Record<RepairKey, Treatments>> = {
  leading_bytes: row('refuses', 'refuses', 'refuses'),
  rmid_wrapper: row('refuses', 'refuses', 'refuses'),
  header_tag: row('refuses', 'refuses', 'refuses'),
  header_length: row('refuses', 'refuses or same', 'refuses or same'),
  unknown_format: row('refuses', 'same', 'same'),
  smpte_division: row('refuses', 'same', 'refuses'),
  independent_patterns: row('other or same', 'other or same', 'other or same'),
  second_header: row('same', 'refuses', 'refuses'),
  damaged_track_tag: row('other or refuses or same', 'refuses', 'refuses'),
  chunk_length: row('other or refuses or same', 'other or refuses or same', 'other or refuses or same'),
  truncated_chunk: row('other or refuses or same', 'refuses', 'refuses'),
  junk_bytes: row('refuses or same', 'refuses', 'refuses'),
  extra_tracks: row('other', 'other', 'other or refuses'),
  missing_tracks: row('same', 'other or refuses', 'refuses'),
  missing_end_of_track: row('same', 'same', 'same'),
  bytes_after_end_of_track: row('same', 'refuses', 'refuses'),
  truncated_event: row('other or refuses or same', 'refuses', 'refuses'),
  long_quantity: row('other or refuses', 'same', 'same'),
  running_status_resumed: row('other or refuses', 'other or refuses', 'other or refuses'),
  data_byte_clamped: row('refuses', 'refuses', 'refuses'),
  undefined_status: row('refuses', 'refuses', 'refuses'),
  f7_packet: row('other or refuses or same', 'refuses or same', 'refuses or same'),
  bare_f7: row('same', 'refuses', 'refuses'),
  sysex_without_length: row('refuses', 'refuses', 'refuses'),
  short_meta_event: row('same', 'refuses', 'refuses'),
  tempo_zero: row('same', 'same', 'refuses or same'),
  tempo_out_of_range: row('same', 'same', 'same'),
  bad_time_signature: row('same', 'same', 'refuses or same'),
  bad_key_signature: row('same', 'refuses', 'refuses'),
  same_tick_order: row('same', 'same', 'same'),
  note_ended_by_control: row('other', 'other', 'other'),
  unmatched_note_on: row('other', 'other', 'other or same'),
  program_from_other_track: row('other', 'same', 'same'),
  controls_from_other_track: row('same', 'same', 'same'),
  text_encoding: row('same', 'same', 'same'),
};

function row(symusic: string, mido: string, prettyMidi: string): Treatments {
  return { symusic: treatments(symusic), mido: treatments(mido), pretty_midi: treatments(prettyMidi) };
}

function treatments(words: string): readonly Treatment[] {
  const known: readonly Treatment[] = ['other', 'refuses', 'same'];
  return known.filter((word) => words.split(' or ').includes(word));
}
