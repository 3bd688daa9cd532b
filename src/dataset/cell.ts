import type { GrowingBytes } from './growing-bytes.ts';

/** A value of a row: what JSON can say, with numbers in bulk as typed arrays. Strings are well-formed, numbers finite. */
export type Cell =
  | null
  | boolean
  | number
  | string
  | Uint16Array
  | Int32Array
  | Float32Array
  | CompoundIds
  | readonly Cell[]
  | CellStruct;

export interface CellStruct {
  readonly [name: string]: Cell;
}

/** Token ids in rows of `columns`, flat: a list of lists of ids. */
export class CompoundIds {
  readonly ids: Uint16Array;
  readonly columns: number;

  /** @param ids - a multiple of `columns` long. */
  constructor(ids: Uint16Array, columns: number) {
    this.ids = ids;
    this.columns = columns;
  }
}

export function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}

/** Appends the cells of one column to a buffer, in a format that it stands for; an absent one is null. */
export type CellAppender = (out: GrowingBytes, cell: Cell | undefined) => void;
