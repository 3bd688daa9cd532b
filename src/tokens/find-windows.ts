import type { Tokenizer } from './create-tokenizer.ts';
import type { StreamBars } from './encode/bar-finder.ts';
import type { TokenIds } from './token-sequences.ts';
import { CUT, type CutRank } from './tokenizations/tokenization.ts';
import { WORD_START } from './trained/read-subword-model.ts';
import { baseTokensOf } from './trained/trained-vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface WindowLimits {
  /** Most tokens of a window (rows for compound tokens). */
  readonly most: number;
  /** Most tokens at the end of a window that the next one begins with again; at most half of `most`. */
  readonly overlap: number;
}

/** Where a window begins and ends in its stream, in tokens; `end` is not in it. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Ranks of tokens, by vocabulary. */
const knownRanks = new WeakMap<Vocabulary, readonly Uint8Array[]>();

/**
 * Cuts a stream into windows, each as long as a good place to end it allows: a bar line, else where time moves on, else between
 * two events. With `overlap` the next window begins at the first such place among the last tokens of the one before.
 */
export function findWindows(
  ids: TokenIds,
  tokenizer: Tokenizer,
  { most, overlap }: WindowLimits,
  bars?: StreamBars,
): Window[] {
  const rankAt = placeRanks(ids, tokenizer, bars);
  const count = ids.length / tokenizer.vocabulary.columns.length;
  const windows: Window[] = [];
  let start = 0;
  while (count - start > most) {
    const end = bestPlace(start + most, start, -1, rankAt) ?? start + most;
    windows.push({ start, end });
    start = overlap === 0 ? end : (bestPlace(Math.max(start + 1, end - overlap), end, 1, rankAt) ?? end);
  }
  windows.push({ start, end: count });
  return windows;
}

/** From `from` on to before `to`, the first of the best places; `undefined` where all are inside of events. */
function bestPlace(from: number, to: number, step: 1 | -1, rankAt: (row: number) => number): number | undefined {
  let best: number | undefined;
  let bestRank: number = CUT.inside;
  for (let row = from; row !== to && bestRank < CUT.bar; row += step) {
    const rank = rankAt(row);
    if (rank <= bestRank) continue;
    best = row;
    bestRank = rank;
  }
  return best;
}

/** How good a place before each row is. Where bars are known, only they say what one is. */
function placeRanks(ids: TokenIds, tokenizer: Tokenizer, bars: StreamBars | undefined): (row: number) => number {
  const ranks = ranksOf(tokenizer);
  const { barColumn, idsPerEvent } = tokenizer.tokenization;
  if (idsPerEvent !== undefined) return (row) => (row % idsPerEvent === 0 ? CUT.event : CUT.inside);
  if (bars === undefined || bars.starts.length === 0) return (row) => rankOfRow(ids, row, barColumn, ranks);
  const begins = new Set(bars.starts);
  return (row) => (begins.has(row) ? CUT.bar : Math.min(CUT.time, rankOfRow(ids, row, barColumn, ranks)));
}

function rankOfRow(ids: TokenIds, row: number, barColumn: number | undefined, ranks: readonly Uint8Array[]): number {
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
