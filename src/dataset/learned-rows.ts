import { createTokenizer } from '../tokens/create-tokenizer.ts';
import { limitSequences } from '../tokens/limit-sequences.ts';
import { noteCounter } from '../tokens/note-counter.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';
import { placeBars } from '../tokens/trained/place-bars.ts';
import { trainedVocabulary } from '../tokens/trained/trained-vocabulary.ts';
import { untrained } from '../tokens/trained/untrained.ts';
import type { CuratedRow } from './dataset-row.ts';

export interface WindowOptions {
  /** `undefined` for whole pieces. */
  readonly maxLength: number | undefined;
  readonly overlap: number;
}

/**
 * Makes what gives rows the ids of a vocabulary that was learned after they were tokenized, in windows where they are asked for.
 *
 * @param config - with the vocabulary.
 */
export function learnedRows(
  config: TokenizerConfig,
  { maxLength, overlap }: WindowOptions,
): (row: CuratedRow) => CuratedRow {
  const tokenizer = createTokenizer(config);
  const base = createTokenizer(untrained(config));
  if (config.trained === null) throw new RangeError('the tokenizer has no learned vocabulary');
  const trained = trainedVocabulary(config.trained, base.vocabulary);
  const { countNotes } = noteCounter(tokenizer.vocabulary);
  return (row) => {
    const { layout, streams, words } = row.midi.tokens;
    const encoded = streams.map((ids, at) => trained.encode(Uint16Array.from(ids), words?.[at]?.starts ?? [0]));
    const areBars = config.encode_ids_split === 'bar' && words !== undefined;
    const bars = areBars ? { bars: encoded.map((ids, at) => placeBars(words[at] ?? NO_BARS, ids, trained)) } : {};
    const { sequences } = limitSequences({ layout, columns: 1, streams: encoded, ...bars }, tokenizer, {
      maxLength,
      policy: 'split',
      overlap,
      countNotes,
    });
    const length = sequences.streams.reduce((sum, ids) => sum + ids.length, 0);
    return { ...row, midi: { ...row.midi, tokens: sequences, sequence_length: length } };
  };
}

const NO_BARS = { starts: [], numbers: [] };
