import { MidiloomError } from '../../errors.ts';
import type { Score } from '../../midi/score.ts';
import type { TokenSequences } from '../token-sequences.ts';
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

function readRows(
  ids: Uint16Array,
  meanings: readonly (readonly TokenMeaning[])[],
): readonly (readonly TokenMeaning[])[] {
  const columns = meanings.length;
  if (ids.length % columns !== 0) {
    throw new MidiloomError('tokens_invalid', `a stream of ${ids.length} ids is not rows of ${columns}`);
  }
  return Array.from({ length: ids.length / columns }, (_, row) => {
    const said = ids.subarray(row * columns, (row + 1) * columns);
    const end = said.indexOf(NO_TOKEN);
    return Array.from(end === -1 ? said : said.subarray(0, end), (id, column) => {
      const meaning = meanings[column]?.[id];
      if (meaning !== undefined) return meaning;
      const count = meanings[column]?.length;
      throw new MidiloomError('tokens_invalid', `id ${id} is not in the vocabulary of ${count} tokens`);
    });
  });
}
