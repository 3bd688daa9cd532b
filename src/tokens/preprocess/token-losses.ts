/** How much of a score the tokenizer cannot say, by reason. What the option to remove duplicates takes is not lost. */
export interface TokenLosses {
  /** Notes above or below `pitch_range`. */
  readonly pitch_range: number;
  /** Notes of drums outside `drums_pitch_range`. */
  readonly drums_pitch_range: number;
  /** Notes of programs that are not in `programs`. */
  readonly programs: number;
  /** Notes that begin after the last bar that can be told apart (`max_bar_embedding`). */
  readonly bars: number;
}
