import type { Cell } from '../cell.ts';
import type { ColumnSchema, ColumnType } from '../column-type.ts';
import type { OutputRow } from '../dataset-row.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { jsonAppender } from '../json-appender.ts';
import type { RowColumn } from '../row-columns.ts';
import { isStruct } from '../struct-of.ts';
import { cellOf, columnOf } from './cell-of.ts';

/** Columns that are members of their own, as the embedding in `text_features` is. */
const OWN_MEMBERS: ReadonlySet<string> = new Set(['midi_tokens', 'text_description']);
const TEXT: ColumnType = { kind: 'string' };

/** The members of a row as the columns that the `datasets` library makes of them. */
export function webdatasetMembers(columns: readonly RowColumn[], embeds: boolean): readonly ColumnSchema[] {
  const facts = factColumns(columns).map(({ name, type, isText }) => ({ name, type: isText ? TEXT : type }));
  const embedding: ColumnType = { kind: 'list', element: { kind: 'float' } };
  return [
    ...(embeds ? [{ name: 'embedding.npy', type: embedding }] : []),
    { name: 'json', type: { kind: 'struct', fields: facts } },
    { name: 'tokens.json', type: columnOf(columns, 'midi_tokens').type },
    { name: 'txt', type: TEXT },
    { name: '__key__', type: TEXT },
    { name: '__url__', type: TEXT },
  ];
}

/**
 * What appends `<key>.json`, which is flat: a struct, and what may be null, is the text of its JSON. The `datasets` library parses the
 * member, takes its type from five rows, and refuses a row with another; a null is a type of its own to it.
 */
export function factsAppender(columns: readonly RowColumn[]): (out: GrowingBytes, row: OutputRow) => void {
  const text = new GrowingBytes(1 << 12);
  const parts = factColumns(columns).map(({ name, type, isText }, at) => ({
    before: `${at === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    of: cellOf(columns, name),
    append: jsonAppender({ name, type }),
    isText,
  }));
  return (out, row) => {
    for (const { before, of, append, isText } of parts) {
      out.text(before);
      text.clear();
      append(isText ? text : out, withoutEmbedding(of(row)));
      if (isText) out.text(JSON.stringify(Buffer.from(text.written).toString()));
    }
    out.text('}');
  };
}

interface FactColumn extends ColumnSchema {
  readonly isText: boolean;
}

function factColumns(columns: readonly RowColumn[]): readonly FactColumn[] {
  return columns
    .filter(({ name }) => !OWN_MEMBERS.has(name))
    .map(({ name, type, mayBeNull = false }) => {
      if (type.kind !== 'struct') return { name, type, isText: mayBeNull };
      const fields = type.fields.filter((field) => field.name !== 'embedding');
      return { name, type: { ...type, fields }, isText: true };
    });
}

function withoutEmbedding(cell: Cell): Cell {
  if (!isStruct(cell) || !('embedding' in cell)) return cell;
  const { embedding: _, ...facts } = cell;
  return facts;
}
