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
  const plainRows = meanings.length === 1 ? meanings[0]?.map((meaning) => [meaning]) : undefined;
  const defaultTempo = config.use_tempos ? (values.tempos[values.defaultTempo] ?? USUAL_TEMPO) : USUAL_TEMPO;
  const decoder = tokenization.decoder(config, defaultTempo);
  const ticksPerQuarter = decoder.ticksPerQuarter ?? new BeatTicks(config).perQuarter;
  return ({ streams }) => {
    const builder = new ScoreBuilder(ticksPerQuarter, defaultTempo);
    decoder.decode(
      streams.map((ids) => (plainRows === undefined ? readRows(ids, meanings) : readPlainRows(ids, plainRows))),
      builder,
    );
    return builder.build();
  };
}

type Row = readonly TokenMeaning[];

/** @param rows - the row of one token, by id. */
function readPlainRows(ids: TokenIds, rows: readonly Row[]): readonly Row[] {
  const found: Row[] = [];
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] ?? NO_TOKEN;
    const row = id === NO_TOKEN ? NO_ROW : rows[id];
    if (row === undefined) throw notInVocabulary(id, rows.length);
    found.push(row);
  }
  return found;
}

const NO_ROW: Row = [];

function notInVocabulary(id: number, count: number | undefined): MidiloomError {
  return new MidiloomError('tokens_invalid', `id ${id} is not in the vocabulary of ${count} tokens`);
}

function readRows(ids: TokenIds, meanings: readonly Row[]): readonly Row[] {
  const columns = meanings.length;
  if (ids.length % columns !== 0) {
    throw new MidiloomError('tokens_invalid', `a stream of ${ids.length} ids is not rows of ${columns}`);
  }
  const rows: Row[] = [];
  for (let start = 0; start < ids.length; start += columns) {
    const row: TokenMeaning[] = [];
    for (let column = 0; column < columns; column += 1) {
      const id = ids[start + column] ?? NO_TOKEN;
      if (id === NO_TOKEN) break;
      const meaning = meanings[column]?.[id];
      if (meaning === undefined) throw notInVocabulary(id, meanings[column]?.length);
      row.push(meaning);
    }
    rows.push(row);
  }
  return rows;
}
