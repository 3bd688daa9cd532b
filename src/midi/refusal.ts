/** Why a file is refused. Stable: callers match on it, data sets count it. */
export type MidiErrorCode =
  | 'midi_not_smf'
  | 'midi_truncated_header'
  | 'midi_bad_division'
  | 'midi_bad_vlq'
  | 'midi_no_running_status'
  | 'midi_independent_patterns'
  | 'midi_limit_size'
  | 'midi_limit_events'
  | 'midi_limit_notes'
  | 'midi_limit_tracks'
  | 'midi_limit_text'
  | 'midi_limit_duration'
  | 'midi_limit_bars'
  | 'midi_internal';

/** Ends the reading of a file from any depth; `decodeMidi` turns it into an outcome, so it never leaves this room. */
export class MidiRefusal extends Error {
  readonly code: MidiErrorCode;

  constructor(code: MidiErrorCode, message: string) {
    super(message);
    this.name = 'MidiRefusal';
    this.code = code;
  }
}
