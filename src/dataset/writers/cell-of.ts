import { type Cell, type CellStruct, CompoundIds, isList } from '../cell.ts';
import type { OutputRow } from '../dataset-row.ts';
import type { RowColumn } from '../row-columns.ts';

/** Gets a row's cell by the name of its column. */
export function cellOf(columns: readonly RowColumn[], name: string): (row: OutputRow) => Cell {
  const at = columns.findIndex((column) => column.name === name);
  if (at === -1) throw new RangeError(`there is no column ${name}`);
  return ({ cells }) => cells[at] ?? null;
}

/** The embedding inside a row's `text_features`; `undefined` where the encoder makes none. */
export function embeddingIn(features: Cell): Float32Array | undefined {
  const embedding = isStruct(features) ? features.embedding : undefined;
  return embedding instanceof Float32Array ? embedding : undefined;
}

export function isStruct(cell: Cell): cell is CellStruct {
  return (
    typeof cell === 'object' &&
    cell !== null &&
    !isList(cell) &&
    !ArrayBuffer.isView(cell) &&
    !(cell instanceof CompoundIds)
  );
}
