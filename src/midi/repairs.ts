/** What the reader mends and reports in `Score.repairs`. A file without one is read as symusic reads it. */
export const REPAIR_KEYS = [
  /** Bytes before `MThd` skipped (MacBinary and the like). */
  'leading_bytes',
  /** The file was inside a RIFF `RMID` container. */
  'rmid_wrapper',
  /** The header's tag is damaged; its length and the first track's tag are right. */
  'header_tag',
  /** The header chunk does not say 6 bytes. */
  'header_length',
  /** A format above 2, read as format 1. */
  'unknown_format',
  /** SMPTE time converted to quarters at a constant tempo; the file's tempos are dropped. */
  'smpte_division',
  /** Independent patterns (format 2) or files written one after the other, read by `ReadingChoices.patterns`. */
  'independent_patterns',
  /** Another header before the tracks that the first one promises are there, skipped. */
  'second_header',
  /** A damaged tag of what else is a whole track, which the header promises; read as one. */
  'damaged_track_tag',
  /** A track whose length is wrong, read to its end-of-track or the next `MTrk`. */
  'chunk_length',
  /** A chunk longer than the file, read up to the end of the file. */
  'truncated_chunk',
  /** Stretches of bytes between chunks that are no chunk, skipped. */
  'junk_bytes',
  /** Tracks beyond the number in the header, read. */
  'extra_tracks',
  /** Tracks that the header promises and the file lacks. */
  'missing_tracks',
  /** A track without end-of-track. */
  'missing_end_of_track',
  /** Bytes after the end-of-track of a track, ignored. */
  'bytes_after_end_of_track',
  /** An event that passes the end of its track; the track ends before it. */
  'truncated_event',
  /** A variable-length quantity of more than 4 bytes whose value fits into 4. */
  'long_quantity',
  /** A data byte after a system message: the running status before that is taken up again, as players do. */
  'running_status_resumed',
  /** Data bytes over 127, read as 127. */
  'data_byte_clamped',
  /** Undefined status bytes (F4, F5, F9, FD), skipped. */
  'undefined_status',
  /** `F7` packets (divided system exclusive messages, escapes), skipped with their length. */
  'f7_packet',
  /** An end-of-exclusive byte without a length, skipped. */
  'bare_f7',
  /** A system exclusive message without its length, read to its end-of-exclusive byte. */
  'sysex_without_length',
  /** A meta event too short for its type, ignored. */
  'short_meta_event',
  /** Tempo 0, ignored. */
  'tempo_zero',
  /** A tempo of more than 6,000 quarters a minute, ignored. */
  'tempo_out_of_range',
  /** A time signature with numerator 0 or a denominator above 128, ignored. */
  'bad_time_signature',
  /** A key signature of more than 7 accidentals, or with a mode that is neither major nor minor, ignored. */
  'bad_key_signature',
  /** Of several tempos or signatures at one tick, in a list of 24 or more, all but the file's last, dropped. */
  'same_tick_order',
  /** Notes ended by a channel mode message: all sound off (CC 120), all notes off (CC 123 to 127). */
  'note_ended_by_control',
  /** Notes without a note-off: they end with the last note-off of their key, else with the track. */
  'unmatched_note_on',
  /** Programs that another track of the file sets on the channel of a track. */
  'program_from_other_track',
  /** Controls and pitch bends in a track without notes on their channel, given to the first track that has some. */
  'controls_from_other_track',
  /** Texts that are not UTF-8, read in the encoding that they were found or said to be in. */
  'text_encoding',
] as const;

export type RepairKey = (typeof REPAIR_KEYS)[number];

/** How often each repair was made; what is not there was not made. */
export type Repairs = Readonly<Partial<Record<RepairKey, number>>>;

/** Where a repair was made: a byte of the file, and where the repair is about one, the track in the order of the file. */
export interface RepairPlace {
  readonly repair: RepairKey;
  readonly byte: number;
  readonly midiTrack?: number;
}

const NO_REPAIRS: Repairs = Object.freeze({});
/** Places that are kept: a person looks at them. */
const MAX_PLACES = 1000;

/** Counts repairs while a file is read, and keeps their places where somebody wants to see them. */
export class RepairLog {
  /** The track that is being read. */
  midiTrack: number | undefined;
  /** Of all kinds. */
  total = 0;
  private counts: Map<RepairKey, number> | undefined;
  private readonly places: RepairPlace[] | undefined;

  constructor(places?: RepairPlace[]) {
    this.places = places;
  }

  add(repair: RepairKey, byte: number, times = 1): void {
    if (times === 0) return;
    this.total += times;
    this.counts ??= new Map();
    this.counts.set(repair, (this.counts.get(repair) ?? 0) + times);
    if (this.places === undefined || this.places.length >= MAX_PLACES) return;
    this.places.push(this.midiTrack === undefined ? { repair, byte } : { repair, byte, midiTrack: this.midiTrack });
  }

  count(...keys: readonly RepairKey[]): number {
    return keys.reduce((sum, key) => sum + (this.counts?.get(key) ?? 0), 0);
  }

  toRecord(): Repairs {
    return this.counts === undefined ? NO_REPAIRS : Object.fromEntries(this.counts);
  }
}
