/** What a caption says of a piece of music that its notes can confirm or deny. */
export type ClaimKind =
  | 'key'
  | 'tempo'
  | 'tempo_word'
  | 'meter'
  | 'instrument'
  | 'duration'
  | 'chords'
  | 'loudness'
  | 'density';

/** Something that is stated, and where. */
export type Claim = ClaimPlace & ClaimValue;

export interface ClaimPlace {
  /** Of the caption, in UTF-16 units: `caption.slice(start, end)` is the words of the claim. */
  readonly start: number;
  readonly end: number;
  /** "no drums", "without strings", "not in C major". */
  readonly negated: boolean;
  /** "around 90 BPM", "mostly in D minor". */
  readonly hedged: boolean;
  /** It holds for a part of the piece only: "starts in G major", "a bridge in 6/8". */
  readonly partly: boolean;
}

export type ClaimValue =
  | KeyValue
  | TempoValue
  | { readonly kind: 'tempo_word'; readonly word: TempoWord }
  | MeterValue
  | InstrumentValue
  /** Seconds; equal bounds for a plain number. */
  | { readonly kind: 'duration'; readonly min: number; readonly max: number; readonly precision: number }
  | ChordsValue
  | { readonly kind: 'loudness'; readonly level: 'soft' | 'loud' }
  | { readonly kind: 'density'; readonly level: 'sparse' | 'dense' };

export interface KeyValue {
  readonly kind: 'key';
  /** Pitch class, 0 (C) to 11; `undefined` for "in a minor key". */
  readonly tonic: number | undefined;
  /** `undefined` for "in the key of D". */
  readonly mode: Mode | undefined;
}

export type Mode = 'major' | 'minor' | 'dorian' | 'phrygian' | 'lydian' | 'mixolydian' | 'locrian';

export interface TempoValue {
  readonly kind: 'tempo';
  /** Quarter notes a minute unless the caption counts other beats; equal bounds for a plain number. */
  readonly min: number;
  readonly max: number;
}

/** Plain and Italian words by what they mean. */
export type TempoWord = 'very_slow' | 'slow' | 'calm' | 'walking' | 'moderate' | 'lively' | 'fast' | 'very_fast';

export interface MeterValue {
  readonly kind: 'meter';
  /** "6/8"; `undefined` where only the division is told. */
  readonly signature: string | undefined;
  /** Beats go by twos or by threes: "waltz", "march", "triple meter". */
  readonly division: 'duple' | 'triple' | 'compound' | undefined;
}

export interface ChordsValue {
  readonly kind: 'chords';
  /** Semitones above `root`, 0 to 11, and 12 more for a minor triad. */
  readonly triads: readonly number[];
  /** C for chords by their names; for Roman numerals the tonic that the caption states, a pitch class, or else the music's. */
  readonly root: 'C' | number | undefined;
}

export interface InstrumentValue {
  readonly kind: 'instrument';
  /** As the lexicon names it. */
  readonly name: string;
  /** General MIDI programs that are this instrument; 128 is drums. */
  readonly programs: readonly number[];
  /** Nothing else plays: "solo piano", "only strings". */
  readonly alone: boolean;
}
