import { type Cell, CompoundIds, isList } from './cell.ts';

/** Bytes an id takes once it is read: a 32-bit integer. */
const ID_BYTES = 4;

/** What a cell takes before any encoding, nearly as in Arrow. Depends on the value alone, never on compression. */
export function rawBytesOf(cell: Cell): number {
  if (cell === null) return 1;
  if (typeof cell === 'number') return 8;
  if (typeof cell === 'string') return cell.length;
  if (typeof cell === 'boolean') return 1;
  if (cell instanceof Uint16Array) return cell.length * ID_BYTES;
  if (cell instanceof CompoundIds) return cell.ids.length * ID_BYTES;
  if (ArrayBuffer.isView(cell)) return cell.byteLength;
  let bytes = 0;
  if (isList(cell)) for (const element of cell) bytes += rawBytesOf(element);
  else for (const element of Object.values(cell)) bytes += rawBytesOf(element);
  return bytes;
}
