import type { Repairs } from './repairs.ts';

/**
 * What a MIDI file says, as structures of typed arrays. One `Track` is one (MIDI track, channel, program) group that
 * has at least one event, in symusic's order (../shared/MIDITOK.md 1.4), so that tokenizations equal MidiTok's.
 * Times are ticks in float64; arrays of one group have equal length. The arrays of a track share one buffer, so what
 * needs their bytes must take `byteOffset` and `byteLength`. A score is never modified once made.
 */
export interface Score {
  readonly format: 0 | 1 | 2;
  readonly ticksPerQuarter: number;
  readonly tracks: readonly Track[];
  readonly tempos: Tempos;
  readonly timeSignatures: TimeSignatures;
  readonly keySignatures: KeySignatures;
  readonly markers: readonly TextEvent[];
  /** Text (meta 1), copyright (2), instrument (4) and cue (7) events of all tracks, in file order. */
  readonly texts: readonly TextEvent[];
  /** Last tick of any event (notes and pedals by their end); 0 for an empty score. */
  readonly endTick: number;
  /** How often each repair was made; empty for a clean file. */
  readonly repairs: Repairs;
  /** Encoding of the texts that are not UTF-8, as a label of the WHATWG standard; absent where there are none. */
  readonly textEncoding?: string;
  /** Where they were asked for (`ReadingChoices.messages`). */
  readonly messages?: FileMessages;
}

/**
 * The messages of a file as they follow each other when all tracks sound at once: by tick, those of a tick in the order of the
 * tracks. Arrays of equal length.
 */
export interface FileMessages {
  readonly tick: Float64Array;
  /** Status with the channel of notes, program changes and controls, 0 for anything else but an end-of-track. */
  readonly status: Uint8Array;
  /** Pitch, program or number of the control. */
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  /** Number of the track, from 0. */
  readonly track: Uint16Array;
}

export interface Track {
  /** General MIDI program, 0 to 127; of a drum track as stored in the file. */
  readonly program: number;
  /** 0 to 15. */
  readonly channel: number;
  /** Position of the MIDI track in the file, 0-based. */
  readonly midiTrack: number;
  readonly isDrum: boolean;
  readonly name: string;
  readonly notes: Notes;
  readonly controls: Controls;
  readonly pitchBends: PitchBends;
  readonly pedals: Pedals;
  /** Where symusic reads other pedals: those, because MidiTok's ids are made from them (docs/midi.md). */
  readonly symusicPedals?: Pedals;
  readonly lyrics: readonly TextEvent[];
}

/** In note-on order of the file; of a score that was decoded from tokens in their order. */
export interface Notes {
  readonly onset: Float64Array;
  readonly duration: Float64Array;
  readonly pitch: Uint8Array;
  readonly velocity: Uint8Array;
}

export interface Controls {
  readonly tick: Float64Array;
  readonly number: Uint8Array;
  readonly value: Uint8Array;
}

/** Values from -8192 to 8191. */
export interface PitchBends {
  readonly tick: Float64Array;
  readonly value: Int16Array;
}

/** Sustain pedal (controller 64), from down to up; one that stays down lasts to the last event of its MIDI track. */
export interface Pedals {
  readonly onset: Float64Array;
  readonly duration: Float64Array;
}

export interface Tempos {
  readonly tick: Float64Array;
  readonly microsecondsPerQuarter: Float64Array;
}

export interface TimeSignatures {
  readonly tick: Float64Array;
  readonly numerator: Uint16Array;
  readonly denominator: Uint16Array;
}

/** `sharps` from -7 (seven flats) to 7; `minor` 0 or 1, as the file says it. */
export interface KeySignatures {
  readonly tick: Float64Array;
  readonly sharps: Int8Array;
  readonly minor: Uint8Array;
}

export interface TextEvent {
  readonly tick: number;
  readonly text: string;
}
