import type { EncodedScore, Tokenizer } from './create-tokenizer.ts';
import type { StreamBars } from './encode/bar-finder.ts';
import { findWindows, type Window } from './find-windows.ts';
import type { NoteCounter } from './note-counter.ts';
import type { TokenIds, TokenSequences, WindowPlace } from './token-sequences.ts';

export interface SequenceLimit {
  /** Most tokens in a stream (rows for compound tokens); `undefined` is no limit. */
  readonly maxLength: number | undefined;
  /** What happens to a longer stream: its end is dropped, or it is split into windows of at most `maxLength`. */
  readonly policy: 'truncate' | 'split';
  /** Most tokens that a window has in common with the one before; at most half of `maxLength`. */
  readonly overlap?: number;
  /** Of the tokenizer's vocabulary. */
  readonly countNotes: NoteCounter['countNotes'];
}

export interface LimitedSequences {
  readonly sequences: TokenSequences;
  /** Tokens that were dropped, over all streams; 0 where streams were split. */
  readonly cutTokens: number;
  /** Notes that begin in them. */
  readonly cutNotes: number;
}

/**
 * Keeps streams within a length. `truncate` keeps the first `maxLength` tokens of each and the layout. `split` drops
 * nothing: each stream becomes windows that begin at a bar line (known where the tokenizer finds bars or has tokens for them),
 * else where time moves on; if there is no such place, at a note; if there is none either, anywhere. Its layout is
 * `windows` as soon as one stream was too long; every stream has a place then, in its piece.
 */
export function limitSequences(
  encoded: TokenSequences & Pick<EncodedScore, 'bars'>,
  tokenizer: Tokenizer,
  limit: SequenceLimit,
): LimitedSequences {
  const { layout, columns, streams, bars } = encoded;
  const sequences: TokenSequences = { layout, columns, streams };
  const most = (limit.maxLength ?? Number.POSITIVE_INFINITY) * columns;
  if (limit.policy === 'split' && limit.maxLength !== undefined) {
    const limits = { most: limit.maxLength, overlap: limit.overlap ?? 0 };
    const windows = streams.map((ids, at) => findWindows(ids, tokenizer, limits, bars?.[at]));
    return { sequences: cutAt(windows, sequences, tokenizer, bars), cutTokens: 0, cutNotes: 0 };
  }
  if (streams.every((ids) => ids.length <= most)) return { sequences, cutTokens: 0, cutNotes: 0 };
  const cutIds = streams.reduce((sum, ids) => sum + Math.max(0, ids.length - most), 0);
  const kept = streams.map((ids) => (ids.length > most ? ids.slice(0, most) : ids));
  const cutNotes = streams.reduce(
    (sum, ids) => (ids.length > most ? sum + limit.countNotes(ids.subarray(most), columns) : sum),
    0,
  );
  return { sequences: { ...sequences, streams: kept }, cutTokens: cutIds / columns, cutNotes };
}

function cutAt(
  windows: readonly (readonly Window[])[],
  { layout, columns, streams }: TokenSequences,
  tokenizer: Tokenizer,
  bars: readonly StreamBars[] | undefined,
): TokenSequences {
  const places = windows.flatMap((ofStream, stream): WindowPlace[] => {
    const barOf = barReader(bars?.[stream] ?? barsOfColumn(streams[stream], tokenizer));
    return ofStream.map(({ start, end }) => ({ stream, start, bars: barOf && [barOf(start), barOf(end - 1)] }));
  });
  const cut = windows.flatMap((ofStream, stream) =>
    ofStream.length === 1
      ? streams.slice(stream, stream + 1)
      : ofStream.map(({ start, end }) => streams[stream]?.slice(start * columns, end * columns) ?? new Uint16Array(0)),
  );
  return { layout: cut.length === streams.length ? layout : 'windows', columns, streams: cut, places };
}

/** The number of the bar that a token is in; `undefined` where no bars are known. */
function barReader(bars: StreamBars | undefined): ((row: number) => number) | undefined {
  if (bars === undefined || bars.starts.length === 0) return undefined;
  return (row) => {
    let [low, high] = [0, bars.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((bars.starts[middle] ?? 0) <= row) low = middle;
      else high = middle;
    }
    return bars.numbers[low] ?? 0;
  };
}

/** Of compound tokens, a column has the number of the bar, or a Bar token where one begins. */
function barsOfColumn(
  ids: TokenIds = new Uint16Array(0),
  { vocabulary, tokenization }: Tokenizer,
): StreamBars | undefined {
  const { columns } = vocabulary;
  const column = tokenization.barColumn ?? columns.findIndex(({ tokens }) => tokens.includes('Bar_None'));
  const names = columns[column]?.tokens;
  if (columns.length === 1 || names === undefined) return undefined;
  const starts: number[] = [];
  const numbers: number[] = [];
  for (let row = 0; row * columns.length < ids.length; row += 1) {
    const name = names[ids[row * columns.length + column] ?? 0] ?? '';
    if (!name.startsWith('Bar_')) continue;
    const number = tokenization.barColumn === undefined ? numbers.length : Number(name.slice('Bar_'.length));
    if (tokenization.barColumn !== undefined && number === numbers.at(-1)) continue;
    starts.push(row);
    numbers.push(number);
  }
  return { starts, numbers };
}
