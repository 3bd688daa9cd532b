/**
 * Every limit of the MIDI reader. A file that breaks one is refused with the code in brackets, before any array
 * whose size depends on the limit is made. The defaults are those of RELIABILITY.md or far above what music needs.
 */
export interface MidiLimits {
  /** Bytes of the whole file (`midi_limit_size`). */
  readonly sizeBytes: number;
  /** Events of all tracks, of any kind (`midi_limit_events`). */
  readonly events: number;
  /** Notes of all tracks (`midi_limit_notes`). */
  readonly notes: number;
  /** Score tracks, that is (MIDI track, channel, program) groups (`midi_limit_tracks`). */
  readonly tracks: number;
  /** Names, lyrics, markers and texts, counted (`midi_limit_text`). */
  readonly textEvents: number;
  /** Names, lyrics, markers and texts, in bytes of the file (`midi_limit_text`). */
  readonly textBytes: number;
  /** Ticks up to the last event (`midi_limit_duration`): symusic's go up to here. */
  readonly ticks: number;
  /** Time of the last event by the tempo map (`midi_limit_duration`). */
  readonly durationSeconds: number;
  /** Bars up to the last event, and time signatures (`midi_limit_bars`): analyses make rows per bar. */
  readonly bars: number;
  /** Beats of those bars, in units of their denominators (`midi_limit_bars`). */
  readonly beats: number;
}

export const DEFAULT_LIMITS: MidiLimits = Object.freeze({
  sizeBytes: 16 * 1024 * 1024,
  events: 5_000_000,
  notes: 2_500_000,
  tracks: 4096,
  textEvents: 200_000,
  textBytes: 4 * 1024 * 1024,
  ticks: 2 ** 31 - 1,
  durationSeconds: 86_400,
  bars: 100_000,
  beats: 1_000_000,
});
