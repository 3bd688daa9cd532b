import { MidiloomError } from '../../errors.ts';
import type { Score } from '../../midi/score.ts';
import type { TokenSequences } from '../token-sequences.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { decodeCpWord } from './decode-cpword.ts';
import { decodeOctuple } from './decode-octuple.ts';
import { decodeStream } from './decode-stream.ts';
import { ScoreBuilder } from './score-builder.ts';
import { type TokenMeaning, tokenMeanings } from './token-meanings.ts';

/** Makes the function that turns ids back into a score, see `Tokenizer.decode`. */
export function createDecoder(tables: TokenizerTables): (sequences: TokenSequences) => Score {
  const meanings = tokenMeanings(tables);
  const ticksPerQuarter = scoreTicksPerQuarter(tables);
  return ({ streams }) => {
    const builder = new ScoreBuilder(tables, ticksPerQuarter);
    streams.forEach((ids, stream) => {
      const rows = readRows(ids, meanings);
      if (tables.config.tokenization === 'Octuple') decodeOctuple(rows, stream, builder, tables, ticksPerQuarter);
      else if (tables.config.tokenization === 'CPWord') decodeCpWord(rows, stream, builder, tables, ticksPerQuarter);
      else decodeStream(rows.flat(), stream, builder, tables, ticksPerQuarter);
    });
    return builder.build();
  };
}

/** MidiTok's `time_division`: fine enough for every denominator the tokenizer knows. */
function scoreTicksPerQuarter({ values }: TokenizerTables): number {
  const finest = Math.max(4, ...values.timeSignatures.map((meter) => meter.denominator));
  return Math.trunc((values.positionsPerBeat * finest) / 4);
}

function readRows(
  ids: Uint16Array,
  meanings: readonly (readonly TokenMeaning[])[],
): readonly (readonly TokenMeaning[])[] {
  const columns = meanings.length;
  if (ids.length % columns !== 0) {
    throw new MidiloomError('tokens_invalid', `a stream of ${ids.length} ids is not rows of ${columns}`);
  }
  return Array.from({ length: ids.length / columns }, (_, row) =>
    meanings.map((column, index) => {
      const id = ids[row * columns + index] ?? 0;
      const meaning = column[id];
      if (meaning === undefined) {
        throw new MidiloomError('tokens_invalid', `id ${id} is not in the vocabulary of ${column.length} tokens`);
      }
      return meaning;
    }),
  );
}
