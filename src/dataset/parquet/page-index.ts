import type { ScalarKind } from '../column-type.ts';
import type { PageFacts } from './leaf-column.ts';
import { ThriftWriter } from './thrift-writer.ts';
import { type Bounds, boundBytes, isBefore } from './value-range.ts';

/** `BoundaryOrder` of parquet.thrift. */
const ORDER = { none: 0, ascending: 1, descending: 2 } as const;

/** The `ColumnIndex` of a column chunk: bounds of each page; `undefined` where a page with values has none. */
export function columnIndexBytes(kind: ScalarKind, pages: readonly PageFacts[]): Uint8Array | undefined {
  if (pages.some(({ isNull, bounds }) => !isNull && bounds === undefined)) return undefined;
  const none = new Uint8Array(0);
  const bytesOf = (page: PageFacts, side: 'min' | 'max'): Uint8Array =>
    page.bounds === undefined ? none : boundBytes(kind, page.bounds[side], side === 'max');
  const index = new ThriftWriter();
  index.flags(
    1,
    pages.map(({ isNull }) => isNull),
  );
  index.binaries(
    2,
    pages.map((page) => bytesOf(page, 'min')),
  );
  index.binaries(
    3,
    pages.map((page) => bytesOf(page, 'max')),
  );
  index.i32(4, orderOf(pages.flatMap(({ bounds }) => (bounds === undefined ? [] : [bounds]))));
  index.i64s(
    5,
    pages.map(({ nulls }) => nulls),
  );
  return index.end();
}

/** The `OffsetIndex` of a column chunk: where each page is, and which rows are in it. @param dataAt - of the first page. */
export function offsetIndexBytes(pages: readonly PageFacts[], dataAt: number): Uint8Array {
  let [at, firstRow] = [dataAt, 0];
  const index = new ThriftWriter();
  index.structs(1, pages, (location, { sizeBytes, rows }) => {
    location.i64(1, at);
    location.i32(2, sizeBytes);
    location.i64(3, firstRow);
    at += sizeBytes;
    firstRow += rows;
  });
  return index.end();
}

function orderOf(bounds: readonly Bounds[]): number {
  const steps = bounds.slice(1).map((bound, at) => [bounds[at] ?? bound, bound] as const);
  const isAscending = steps.every(([a, b]) => !isBefore(b.min, a.min) && !isBefore(b.max, a.max));
  if (isAscending) return ORDER.ascending;
  const isDescending = steps.every(([a, b]) => !isBefore(a.min, b.min) && !isBefore(a.max, b.max));
  return isDescending ? ORDER.descending : ORDER.none;
}
