import type { StreamBars } from './encode/bar-finder.ts';

/** Ids of a stream, in 32 bits where one does not fit 16. */
export type TokenIds = Uint16Array | Int32Array;

/**
 * Token ids of one score in MidiTok's shape: one stream (`single`) or one per track in MidiTok's order (`tracks`).
 * A compound tokenization (CPWord, Octuple) has `columns` ids a token; its streams are flat, row after row.
 */
export interface TokenSequences {
  /**
   * In a row of the data set, `midi_tokens` is the one stream for `single` and the list of streams for the other two.
   * `windows`: streams cut into windows by `limitSequences`, in order; the windows of a track come before those of the next.
   */
  readonly layout: 'single' | 'tracks' | 'windows';
  /** 1 for plain tokens. */
  readonly columns: number;
  /**
   * Ids; the length of each stream is a multiple of `columns`. Exactly one stream where `layout` is `single`. In MuMIDI only
   * rows of notes have all columns; 65535 fills the others.
   */
  readonly streams: readonly TokenIds[];
  /** Where each stream is in its piece, where `limitSequences` was to split what is too long. */
  readonly places?: readonly WindowPlace[];
  /** The words of each stream, where a vocabulary is to be learned from them. */
  readonly words?: readonly StreamBars[];
}

export interface WindowPlace {
  /** Number of the stream that the window is of. */
  readonly stream: number;
  /** Tokens of that stream before the window. */
  readonly start: number;
  /** Numbers of the bars of its first and last token, from 0; `undefined` where they are not known. */
  readonly bars: readonly [first: number, last: number] | undefined;
}
