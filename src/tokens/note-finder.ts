import type { TokenSequences } from './token-sequences.ts';
import { baseTokensOf } from './trained/trained-vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Types of the tokens that begin a note, in any tokenization. */
const NOTE = /^(Pitch|PitchDrum|PitchInterval(Time|Chord)|NoteOn|DrumOn)_/;

/**
 * Makes the function that says whether token sequences hold a note, and not only tempos, meters and bars. What a trained
 * model does not know can be a note.
 */
export function noteFinder(vocabulary: Vocabulary): (sequences: TokenSequences) => boolean {
  const isNote = vocabulary.columns.map((column) =>
    Uint8Array.from(column.tokens, (token, id) =>
      id === vocabulary.unknownId || baseTokensOf(token).some((base) => NOTE.test(base)) ? 1 : 0,
    ),
  );
  return ({ columns, streams }) =>
    streams.some((ids) => ids.some((id, position) => isNote[position % columns]?.[id] === 1));
}
