/** Why notes of a file are not in its tokens; the names of the fields of `dropped_notes`. */
export const DROP_REASONS = ['pitch_range', 'drums_pitch_range', 'programs', 'bars', 'truncation'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export const DROP_MEANINGS: Readonly<Record<DropReason, string>> = {
  pitch_range: 'outside the pitch range',
  drums_pitch_range: 'of drums outside their range',
  programs: 'of instruments that the tokenizer lacks',
  bars: 'after the last bar that the tokenizer can count',
  truncation: 'cut at the longest sequence',
};
