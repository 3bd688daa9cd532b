/** How one sort of caption is put together out of shapes. */
export interface Manner {
  /** State something; each kind is stated once in a caption. */
  readonly claims: readonly string[];
  /** State nothing of the piece. */
  readonly asides: readonly string[];
  /** Fewest and most of them. */
  readonly claimCount: readonly [number, number];
  readonly asideCount: readonly [number, number];
  /** What stands between them: one is chosen for a caption. */
  readonly separators: readonly string[];
  /** Whether each part starts with a capital letter. */
  readonly isInSentences: boolean;
  /** Shares of captions with a slip of the pen, all in small letters, all in capitals. */
  readonly typos: number;
  readonly small: number;
  readonly capitals: number;
}
