import type { Score } from '../midi/score.ts';
import { DROP_MEANINGS, DROP_REASONS, type DropReason } from '../tokens/drop-reasons.ts';
import type { NoteLosses, TokenLosses } from '../tokens/preprocess/token-losses.ts';

/** What the tokens of a file leave out, as a row has it. */
export interface MidiLosses {
  /** Notes of the file that are not in the tokens, and their share of all. */
  readonly n_dropped_notes: number;
  readonly dropped_share: number;
  readonly dropped_notes: Readonly<Record<DropReason, number>>;
  /** Time signatures that the tokens say otherwise, such as "7/8". */
  readonly replaced_meters: readonly string[];
  /** Tempos that the tokens say as the slowest or fastest they have. */
  readonly replaced_tempos: number;
}

/** @param truncated - notes in the tokens that the limit on length cut away. */
export function midiLosses(score: Score, { meters, tempos, ...notes }: TokenLosses, truncated: number): MidiLosses {
  const dropped: Readonly<Record<keyof NoteLosses | 'truncation', number>> = { ...notes, truncation: truncated };
  const all = score.tracks.reduce((sum, track) => sum + track.notes.onset.length, 0);
  const lost = DROP_REASONS.reduce((sum, reason) => sum + dropped[reason], 0);
  return {
    n_dropped_notes: lost,
    dropped_share: all === 0 ? 0 : Math.round((lost / all) * 1e6) / 1e6,
    dropped_notes: dropped,
    replaced_meters: meters,
    replaced_tempos: tempos,
  };
}

/** For the failure of a file that loses too much. */
export function droppedText(losses: MidiLosses): string {
  const { n_dropped_notes: lost, dropped_share: share, dropped_notes: reasons } = losses;
  const named = DROP_REASONS.filter((reason) => reasons[reason] > 0).map(
    (reason) => `${reasons[reason]} ${DROP_MEANINGS[reason]}`,
  );
  return `the tokens lack ${lost} notes, ${(share * 100).toFixed(1)} % of the file: ${named.join(', ')}`;
}
