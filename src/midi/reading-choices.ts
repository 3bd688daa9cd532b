/** How files are read about which the standard leaves a choice. */
export interface ReadingChoices {
  /**
   * Independent patterns (format 2, or files written one after the other): one after the other as `sequence`, only the
   * `first`, all at once as their `sum`, which is symusic's reading, or `refuse`.
   */
  readonly patterns: 'sequence' | 'first' | 'sum' | 'refuse';
  /** Encoding of all texts, as a label of the WHATWG standard; `undefined` to find out. */
  readonly textEncoding: string | undefined;
  /** Finds the encoding of texts that are not UTF-8. */
  readonly guessEncoding: (samples: readonly Uint8Array[]) => string;
  /** Whether the score has the messages of the file, too, which takes time: the ids of `amt` are made from them. */
  readonly messages?: boolean;
}

/** Without a way to guess, every byte of a text that is not UTF-8 stands for one character (windows-1252). */
export const DEFAULT_CHOICES: ReadingChoices = Object.freeze({
  patterns: 'sequence',
  textEncoding: undefined,
  guessEncoding: () => 'windows-1252',
});
