import { type Cell, type CellStruct, CompoundIds, isList } from './cell.ts';

export function isStruct(cell: Cell): cell is CellStruct {
  return (
    typeof cell === 'object' &&
    cell !== null &&
    !isList(cell) &&
    !ArrayBuffer.isView(cell) &&
    !(cell instanceof CompoundIds)
  );
}

/**
 * A cell as the struct that its column says it is. A field that the schema does not know would be lost without a word, and
 * is refused.
 */
export function structOf(cell: Cell, names: ReadonlySet<string>, path: readonly string[]): CellStruct {
  if (!isStruct(cell)) throw misplaced(path, 'a struct');
  for (const name in cell) if (!names.has(name)) throw misplaced([...path, name], 'in the schema');
  return cell;
}

export function misplaced(path: readonly string[], expected: string): TypeError {
  return new TypeError(`a row has a value at ${path.join('.')} that is not ${expected}`);
}
