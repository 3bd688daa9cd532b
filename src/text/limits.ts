/** Every limit on captions. The encoder, the statistics and the data set see nothing larger. */
export interface TextLimits {
  /** UTF-8 bytes of the caption as given; more is refused (`text_limit_size`): it is a wrong column or file, not a caption. */
  readonly rawBytes: number;
  /**
   * UTF-8 bytes of the normalized caption, and of the one that a text model is given; more is cut, and the cut is counted. NFKC
   * grows some texts 18 times.
   */
  readonly normalizedBytes: number;
  /**
   * Combining marks in a row; more are dropped, and counted. 30 is the bound of the Stream-Safe Text Format
   * (UAX #15): no language needs more, and sorting a run takes time quadratic in its length (40,000 marks: 0.3 s).
   */
  readonly marksInARow: number;
}

export const DEFAULT_TEXT_LIMITS: TextLimits = Object.freeze({
  rawBytes: 1024 * 1024,
  normalizedBytes: 64 * 1024,
  marksInARow: 30,
});
