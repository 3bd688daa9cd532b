import type { Cell } from '../cell.ts';
import type { OutputRow } from '../dataset-row.ts';
import type { RowColumn } from '../row-columns.ts';
import { isStruct } from '../struct-of.ts';

export function columnOf(columns: readonly RowColumn[], name: string): RowColumn {
  const column = columns.find((each) => each.name === name);
  if (column === undefined) throw new RangeError(`there is no column ${name}`);
  return column;
}

/** Gets a row's cell by the name of its column. */
export function cellOf(columns: readonly RowColumn[], name: string): (row: OutputRow) => Cell {
  const at = columns.indexOf(columnOf(columns, name));
  return ({ cells }) => cells[at] ?? null;
}

/** The embedding inside a row's `text_features`; `undefined` where the encoder makes none. */
export function embeddingIn(features: Cell): Float32Array | undefined {
  const embedding = isStruct(features) ? features.embedding : undefined;
  return embedding instanceof Float32Array ? embedding : undefined;
}
