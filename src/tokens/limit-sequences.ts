import type { Tokenizer } from './create-tokenizer.ts';
import { findWindows } from './find-windows.ts';
import type { NoteCounter } from './note-counter.ts';
import type { TokenSequences } from './token-sequences.ts';

export interface SequenceLimit {
  /** Most tokens in a stream (rows for compound tokens); `undefined` is no limit. */
  readonly maxLength: number | undefined;
  /** What happens to a longer stream: its end is dropped, or it is split into windows of at most `maxLength`. */
  readonly policy: 'truncate' | 'split';
  /** Of the tokenizer's vocabulary. */
  readonly countNotes: NoteCounter['countNotes'];
}

export interface LimitedSequences {
  readonly sequences: TokenSequences;
  /** Tokens that were dropped, over all streams; 0 where streams were split. */
  readonly cutTokens: number;
  /** Notes that begin in them. */
  readonly cutNotes: number;
}

/**
 * Keeps streams within a length. `truncate` keeps the first `maxLength` tokens of each and the layout. `split` drops
 * nothing: each stream becomes windows that begin at a bar line where the tokenization marks bars (REMI, CPWord,
 * Octuple), else where time moves on; if there is no such place, at a note; if there is none either, anywhere. Its layout is
 * `windows` as soon as one stream was too long, otherwise nothing changes.
 */
export function limitSequences(
  sequences: TokenSequences,
  tokenizer: Tokenizer,
  limit: SequenceLimit,
): LimitedSequences {
  const { columns, streams } = sequences;
  const most = (limit.maxLength ?? Number.POSITIVE_INFINITY) * columns;
  if (streams.every((ids) => ids.length <= most)) return { sequences, cutTokens: 0, cutNotes: 0 };
  if (limit.policy === 'truncate') {
    const cutIds = streams.reduce((sum, ids) => sum + Math.max(0, ids.length - most), 0);
    const kept = streams.map((ids) => (ids.length > most ? ids.slice(0, most) : ids));
    const cutNotes = streams.reduce(
      (sum, ids) => (ids.length > most ? sum + limit.countNotes(ids.subarray(most), columns) : sum),
      0,
    );
    return { sequences: { ...sequences, streams: kept }, cutTokens: cutIds / columns, cutNotes };
  }
  const windows = streams.flatMap((ids) => findWindows(ids, tokenizer, most / columns));
  return { sequences: { layout: 'windows', columns, streams: windows }, cutTokens: 0, cutNotes: 0 };
}
