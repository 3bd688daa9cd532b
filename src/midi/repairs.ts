/** What the reader mends and reports in `Score.repairs`. A clean file has none. */
export type RepairKey =
  /** Bytes before `MThd` skipped (MacBinary and the like). */
  | 'leading_bytes'
  /** The file was inside a RIFF `RMID` container. */
  | 'rmid_wrapper'
  /** The header chunk does not say 6 bytes. */
  | 'header_length'
  /** A format above 2, read as format 1. */
  | 'unknown_format'
  /** SMPTE time converted to quarters at a constant tempo; the file's tempos are dropped. */
  | 'smpte_division'
  /** A chunk that is neither header nor track, skipped. */
  | 'unknown_chunk'
  /** A chunk longer than the file, read up to the end of the file. */
  | 'truncated_chunk'
  /** Tracks beyond the number in the header, ignored. */
  | 'extra_tracks'
  /** Tracks that the header promises and the file lacks. */
  | 'missing_tracks'
  /** A track without end-of-track. */
  | 'missing_end_of_track'
  /** An event that passes the end of its track; the track ends before it. */
  | 'truncated_event'
  /** Data bytes over 127, read as 127. */
  | 'data_byte_clamped'
  /** Undefined status bytes (F4, F5, F9, FD), skipped. */
  | 'undefined_status'
  /** A meta event too short for its type, ignored. */
  | 'short_meta_event'
  /** Tempo 0, ignored. */
  | 'tempo_zero'
  /** Numerator or denominator 0; stays in the list as the file says it, bars and beats leave it out. */
  | 'bad_time_signature'
  /** Notes without a note-off, dropped. */
  | 'unmatched_note_on';

const NO_REPAIRS: Readonly<Record<string, number>> = Object.freeze({});

/** Counts repairs while a file is read. */
export class RepairLog {
  private counts: Map<RepairKey, number> | undefined;

  add(key: RepairKey, times = 1): void {
    if (times === 0) return;
    this.counts ??= new Map();
    this.counts.set(key, (this.counts.get(key) ?? 0) + times);
  }

  toRecord(): Readonly<Record<string, number>> {
    return this.counts === undefined ? NO_REPAIRS : Object.fromEntries(this.counts);
  }
}
