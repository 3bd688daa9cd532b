import { CheckpointError } from '../errors.ts';
import type { TokenSequences } from '../tokens/token-sequences.ts';
import { NO_TOKEN } from '../tokens/vocabulary.ts';
import { type Cell, CompoundIds } from './cell.ts';
import type { ColumnType } from './column-type.ts';

/** What the tokens of every row of a data set look like; follows from the tokenizer and the limit on sequences. */
export interface TokenShape {
  /** The tokens of each column by id; more than one column for compound tokens. */
  readonly vocabulary: readonly (readonly string[])[];
  /** Whether a row has a list of streams (tracks, windows) instead of one stream. */
  readonly hasManyStreams: boolean;
  /** Whether ids may need more than 16 bits. */
  readonly hasWideIds?: boolean;
  /** Whether the streams are windows of a sequence that is too long, each of which a model is trained on. */
  readonly areWindows?: boolean;
  /** Whether each window is a row of its own; `hasManyStreams` is not said then. */
  readonly hasRowPerWindow?: boolean;
}

/** `list<id>`, one level deeper for compound tokens, one more for many streams. */
export function tokenColumnType({ vocabulary, hasManyStreams, hasWideIds }: TokenShape): ColumnType {
  const stream: ColumnType = { kind: 'list', element: { kind: hasWideIds === true ? 'int32' : 'id' } };
  const compound: ColumnType = vocabulary.length > 1 ? { kind: 'list', element: stream } : stream;
  return hasManyStreams ? { kind: 'list', element: compound } : compound;
}

/** A row's tokens in the shape of the data set; a single stream becomes a list of one where others have several. */
export function tokenCell({ columns, streams }: TokenSequences, shape: TokenShape): Cell {
  if (columns !== shape.vocabulary.length) {
    throw unexpected(`tokens of ${columns} columns where the tokenizer has ${shape.vocabulary.length}`);
  }
  const cells = streams.map((ids): Cell => {
    if (shape.hasWideIds === true) return Int32Array.from(ids);
    if (ids instanceof Int32Array) throw unexpected('ids of more than 16 bits');
    return columns > 1 ? compoundCell(ids, columns) : ids;
  });
  if (shape.hasManyStreams) return cells;
  const [only] = cells;
  if (only === undefined || cells.length > 1) throw unexpected(`${cells.length} token streams where one is due`);
  return only;
}

/** Rows of tokens; those that end before the last column are as short as they are. */
function compoundCell(ids: Uint16Array, columns: number): Cell {
  if (!ids.includes(NO_TOKEN)) return new CompoundIds(ids, columns);
  return Array.from({ length: ids.length / columns }, (_, row) => {
    const tokens = ids.subarray(row * columns, (row + 1) * columns);
    const end = tokens.indexOf(NO_TOKEN);
    return end < 0 ? tokens : tokens.subarray(0, end);
  });
}

function unexpected(what: string): CheckpointError {
  return new CheckpointError('record_invalid', `a MIDI record has ${what}; it was made with another tokenizer`);
}
