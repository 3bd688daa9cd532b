import { MidiloomError } from '../../errors.ts';
import type { Score } from '../../midi/score.ts';
import type { TokenIds, TokenSequences } from '../token-sequences.ts';
import { USUAL_TEMPO } from '../token-values.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { BeatTicks } from './beat-ticks.ts';
import { ScoreBuilder } from './score-builder.ts';
import { type TokenMeaning, tokenMeanings } from './token-meanings.ts';

/** Makes the function that turns ids back into a score, see `Tokenizer.decode`. */
export function createDecoder(tables: TokenizerTables): (sequences: TokenSequences) => Score {
  const { config, tokenization, values, vocabulary } = tables;
  const meanings = tokenMeanings(vocabulary);
  const defaultTempo = config.use_tempos ? (values.tempos[values.defaultTempo] ?? USUAL_TEMPO) : USUAL_TEMPO;
  const decoder = tokenization.decoder(config, defaultTempo);
  const ticksPerQuarter = decoder.ticksPerQuarter ?? new BeatTicks(config).perQuarter;
  return ({ streams }) => {
    const builder = new ScoreBuilder(ticksPerQuarter, defaultTempo);
    decoder.decode(
      streams.map((ids) => readRows(ids, meanings)),
      builder,
    );
    return builder.build();
  };
}

function readRows(ids: TokenIds, meanings: readonly (readonly TokenMeaning[])[]): readonly (readonly TokenMeaning[])[] {
  const columns = meanings.length;
  if (ids.length % columns !== 0) {
    throw new MidiloomError('tokens_invalid', `a stream of ${ids.length} ids is not rows of ${columns}`);
  }
  const rows: (readonly TokenMeaning[])[] = [];
  for (let start = 0; start < ids.length; start += columns) {
    const row: TokenMeaning[] = [];
    for (let column = 0; column < columns; column += 1) {
      const id = ids[start + column] ?? NO_TOKEN;
      if (id === NO_TOKEN) break;
      const meaning = meanings[column]?.[id];
      if (meaning === undefined) {
        const count = meanings[column]?.length;
        throw new MidiloomError('tokens_invalid', `id ${id} is not in the vocabulary of ${count} tokens`);
      }
      row.push(meaning);
    }
    rows.push(row);
  }
  return rows;
}
