import type { Meters } from './meters.ts';
import type { NoteList } from './note-list.ts';
import type { Section } from './sections.ts';
import type { TokenLosses } from './token-losses.ts';
import type { TrackGroup } from './track-groups.ts';

/** A score on the grid of the tokenizer: all that is left to do is to say it in tokens. */
export interface PreparedScore {
  readonly ticksPerQuarter: number;
  /** Ticks of this score for one of the file. */
  readonly scale: number;
  readonly meters: Meters;
  /** Empty where the tokenizer does not say them. */
  readonly tempos: PreparedTempos;
  readonly keys: PreparedKeys;
  /** Ticks of a beat, stretch by stretch. */
  readonly beats: readonly Section[];
  readonly notes: NoteList;
  readonly tracks: readonly PreparedTrack[];
  /** What starts here or later is left out, because the tokenizer has no tokens for so many bars. */
  readonly clipTick: number;
  readonly losses: TokenLosses;
}

export interface PreparedTrack {
  readonly group: TrackGroup;
  /** Its notes are those of the list from `from` to `to`. */
  readonly from: number;
  readonly to: number;
  readonly pedals: PreparedPedals;
  readonly pitchBends: PreparedPitchBends;
  readonly controls: PreparedControls;
}

/** Tempo changes at rising ticks, the first at tick 0; `bin` is an index into the tokenizer's tempos. */
export interface PreparedTempos {
  readonly tick: Int32Array;
  readonly bin: Uint16Array;
}

/** Key signatures at rising ticks, the first at tick 0; `key` is (sharps + 7) * 2 + minor. */
export interface PreparedKeys {
  readonly tick: Int32Array;
  readonly key: Int16Array;
}

/** Sustain pedals of one track, none of which touch. */
export interface PreparedPedals {
  readonly onset: Int32Array;
  readonly duration: Int32Array;
}

/** Pitch bends of one track, one at a tick; `bin` is an index into the tokenizer's pitch bend values. */
export interface PreparedPitchBends {
  readonly tick: Int32Array;
  readonly bin: Uint16Array;
}

/** Control changes of one track; `key` is number * 128 + value. */
export interface PreparedControls {
  readonly tick: Int32Array;
  readonly key: Uint16Array;
}
