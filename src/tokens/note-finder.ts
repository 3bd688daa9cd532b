import type { TokenSequences } from './token-sequences.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Types of the tokens that begin a note, in any tokenization. */
const NOTE_TYPES = ['Pitch', 'PitchDrum', 'NoteOn', 'DrumOn'] as const;

/** Makes the function that says whether token sequences hold a note, and not only tempos, meters and bars. */
export function noteFinder(vocabulary: Vocabulary): (sequences: TokenSequences) => boolean {
  const isNote = vocabulary.columns.map((column) => {
    const flags = new Uint8Array(column.tokens.length);
    for (const type of NOTE_TYPES) {
      const block = column.blockOf(type);
      if (block !== undefined) flags.fill(1, block.first, block.first + block.count);
    }
    return flags;
  });
  return ({ columns, streams }) =>
    streams.some((ids) => ids.some((id, position) => isNote[position % columns]?.[id] === 1));
}
