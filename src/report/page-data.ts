/** What the page's script reads from the page, besides its text. */
export interface PageData {
  /** In the order of the cards. */
  readonly cards: readonly CardData[];
  /** In the order of the dots. */
  readonly points: readonly PointData[];
}

export interface CardData {
  /** By the names of the sort box; `null` sorts last. */
  readonly sort: Readonly<Record<string, number | null>>;
  /** By the names of the filter boxes. */
  readonly filter: Readonly<Record<string, readonly string[]>>;
  readonly play: PlayableNotes | null;
}

export interface PointData {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly caption: string;
  readonly facts: string;
  /** Anchor of its card, where it has one. */
  readonly card: string | null;
}

export interface PlayableNotes {
  /** General MIDI program of each part, -1 for drums. */
  readonly programs: readonly number[];
  /**
   * Base64 of the notes by start, 8 bytes each: start and length in hundredths of a second (u16, little-endian), pitch,
   * velocity, part, 0.
   */
  readonly notes: string;
  /** Of the whole piece; what is played may end before. */
  readonly seconds: number;
  readonly playedSeconds: number;
}
