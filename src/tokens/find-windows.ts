import type { Tokenizer } from './create-tokenizer.ts';
import { CUT, type CutRank } from './tokenizations/tokenization.ts';
import { WORD_START } from './trained/read-subword-model.ts';
import { baseTokensOf } from './trained/trained-vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Ranks of tokens, by vocabulary. */
const knownRanks = new WeakMap<Vocabulary, readonly Uint8Array[]>();

/** Cuts a stream into windows of at most `most` tokens, each as long as a good place to end it allows. */
export function findWindows(ids: Uint16Array, tokenizer: Tokenizer, most: number): Uint16Array[] {
  const columns = tokenizer.vocabulary.columns.length;
  const ranks = ranksOf(tokenizer);
  const count = ids.length / columns;
  const windows: Uint16Array[] = [];
  let start = 0;
  while (count - start > most) {
    let best = start + most;
    let bestRank: number = CUT.inside;
    for (let row = start + most; row > start && bestRank < CUT.bar; row -= 1) {
      const rank = rankOfRow(ids, row, tokenizer.tokenization.barColumn, ranks);
      if (rank <= bestRank) continue;
      best = row;
      bestRank = rank;
    }
    windows.push(ids.slice(start * columns, best * columns));
    start = best;
  }
  windows.push(ids.slice(start * columns));
  return windows;
}

function rankOfRow(ids: Uint16Array, row: number, barColumn: number | undefined, ranks: readonly Uint8Array[]): number {
  const columns = ranks.length;
  if (barColumn !== undefined) {
    const bar = row * columns + barColumn;
    return ids[bar] === ids[bar - columns] ? CUT.event : CUT.bar;
  }
  let best: number = CUT.inside;
  for (let column = 0; column < columns; column += 1) {
    best = Math.max(best, ranks[column]?.[ids[row * columns + column] ?? 0] ?? CUT.inside);
  }
  return best;
}

function ranksOf(tokenizer: Tokenizer): readonly Uint8Array[] {
  const { vocabulary } = tokenizer;
  let ranks = knownRanks.get(vocabulary);
  if (ranks === undefined) {
    ranks = vocabulary.columns.map((column) => Uint8Array.from(column.tokens, (token) => rankOf(token, tokenizer)));
    knownRanks.set(vocabulary, ranks);
  }
  return ranks;
}

function rankOf(token: string, { tokenization, config }: Tokenizer): CutRank {
  const [first = ''] = baseTokensOf(token);
  // Words of a trained model are bars, or beats.
  if (token.startsWith(WORD_START) && config.encode_ids_split !== 'no') {
    return config.encode_ids_split === 'bar' ? CUT.bar : CUT.time;
  }
  const isEnd = first === 'Bar_End' || first === 'Track_End';
  return isEnd ? CUT.inside : tokenization.cutBefore(first.slice(0, first.indexOf('_')), config);
}
