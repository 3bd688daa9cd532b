import type { TokenIds, TokenSequences } from './token-sequences.ts';
import { baseTokensOf } from './trained/trained-vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Types of the tokens that begin a note, in any tokenization. */
const NOTE = /^(Pitch|PitchDrum|PitchInterval(Time|Chord)|NoteOn|DrumOn|Note)_/;

export interface NoteCounter {
  /**
   * Whether token sequences hold a note, and not only tempos, meters and bars. What a trained model does not know can be
   * a note.
   */
  hasNotes(sequences: TokenSequences): boolean;
  /** Notes that begin in ids of one stream. @param columns - ids a row. */
  countNotes(ids: TokenIds, columns: number): number;
}

export function noteCounter(vocabulary: Vocabulary): NoteCounter {
  const notes = vocabulary.columns.map((column) =>
    Uint8Array.from(column.tokens, (token) => baseTokensOf(token).filter((base) => NOTE.test(base)).length),
  );
  const { unknownId } = vocabulary;
  return {
    hasNotes: ({ columns, streams }) =>
      streams.some((ids) => ids.some((id, position) => id === unknownId || (notes[position % columns]?.[id] ?? 0) > 0)),
    countNotes(ids, columns) {
      let count = 0;
      for (let at = 0; at < ids.length; at++) count += notes[at % columns]?.[ids[at] ?? 0] ?? 0;
      return count;
    },
  };
}
