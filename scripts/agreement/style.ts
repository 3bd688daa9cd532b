/** What is known of a piece, by people's annotations and by its file; what a caption may say of it. */
export interface KnownPiece {
  readonly title: string;
  readonly artist: string;
  /** "C", "F#", "Eb"; and the mode. */
  readonly tonic: string;
  readonly mode: 'major' | 'minor';
  readonly bpm: number;
  /** "4/4". */
  readonly meter: string;
  readonly seconds: number;
  /** Plain names, the first one leads: "piano", "flute". Only they play. */
  readonly instruments: readonly string[];
  readonly hasDrums: boolean;
}

/** What a caption states, kind by kind. */
export interface Stated {
  readonly kind: 'key' | 'tempo' | 'tempo_word' | 'meter' | 'instrument' | 'duration';
  /** The words that state it, as they stand in the caption. */
  readonly words: string;
  /** Stays true where the instruments are told wrongly: "no drums" does, beside "flute" for a piano. */
  readonly holds?: true;
}

export interface WrittenCaption {
  readonly caption: string;
  /** Everything that the caption states of these kinds, and nothing else. */
  readonly stated: readonly Stated[];
}

/** A way to write captions. */
export interface Style {
  readonly name: string;
  /** @param random - numbers in [0, 1), by which the style chooses its wording and what it mentions. */
  readonly write: (piece: KnownPiece, random: () => number) => WrittenCaption;
}
