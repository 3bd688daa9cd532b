import type { ScalarKind } from '../column-type.ts';
import type { PageFacts } from './leaf-column.ts';
import { PHYSICAL_TYPE, type SchemaElement } from './schema.ts';
import { ThriftWriter } from './thrift-writer.ts';
import { type Bounds, boundBytes, unionOf } from './value-range.ts';

/** What the footer says about a column chunk. */
export interface ChunkEntry {
  readonly path: readonly string[];
  readonly physicalType: number;
  readonly encodings: readonly number[];
  readonly values: number;
  readonly uncompressedBytes: number;
  readonly compressedBytes: number;
  /** Byte offset in the file; `undefined` where there is no dictionary. */
  readonly dictionaryAt: number | undefined;
  readonly dataAt: number;
  readonly kind: ScalarKind;
  readonly pages: readonly PageFacts[];
}

/** Where the page index of a chunk is. */
export interface IndexEntry {
  readonly offsetIndex: Extent;
  /** `undefined` where pages have no bounds. */
  readonly columnIndex: Extent | undefined;
}

interface Extent {
  /** Byte offset in the file. */
  readonly at: number;
  readonly sizeBytes: number;
}

export interface RowGroupEntry {
  readonly rows: number;
  readonly at: number;
  readonly chunks: readonly ChunkEntry[];
}

const FORMAT_VERSION = 2;
const SNAPPY = 1;
const REPETITION = { required: 0, optional: 1, repeated: 2 } as const;
/** `ConvertedType` of parquet.thrift, for readers that know no logical types. */
const CONVERTED = { utf8: 0, list: 3 } as const;

/** The `FileMetaData` of parquet.thrift, without the length and the magic bytes behind it. */
export function footerBytes(
  schema: readonly SchemaElement[],
  rowGroups: readonly RowGroupEntry[],
  indexOf: ReadonlyMap<ChunkEntry, IndexEntry>,
  createdBy: string,
): Uint8Array {
  const leaves = schema.filter(({ scalar }) => scalar !== undefined);
  const file = new ThriftWriter();
  file.i32(1, FORMAT_VERSION);
  file.structs(2, schema, writeElement);
  file.i64(
    3,
    rowGroups.reduce((sum, { rows }) => sum + rows, 0),
  );
  file.structs(4, rowGroups, (struct, group) => writeRowGroup(struct, group, indexOf));
  file.text(6, createdBy);
  // How minima and maxima are ordered: as the type says.
  file.structs(7, leaves, (order) => order.struct(1, () => {}));
  return file.end();
}

function writeElement(struct: ThriftWriter, element: SchemaElement): void {
  const { scalar } = element;
  if (scalar !== undefined) struct.i32(1, PHYSICAL_TYPE[scalar]);
  if (element.repetition !== 'required') struct.i32(3, REPETITION[element.repetition]);
  struct.text(4, element.name);
  if (scalar === undefined) struct.i32(5, element.children);
  if (element.isList) writeLogicalType(struct, CONVERTED.list, LOGICAL.list);
  else if (scalar === 'string') writeLogicalType(struct, CONVERTED.utf8, LOGICAL.string);
}

/** Fields of parquet.thrift's `LogicalType`. */
const LOGICAL = { string: 1, list: 3 } as const;

function writeLogicalType(struct: ThriftWriter, converted: number, logical: number): void {
  struct.i32(6, converted);
  struct.struct(10, (type) => type.struct(logical, () => {}));
}

function writeRowGroup(struct: ThriftWriter, group: RowGroupEntry, indexOf: ReadonlyMap<ChunkEntry, IndexEntry>): void {
  struct.structs(1, group.chunks, (element, chunk) => writeChunk(element, chunk, indexOf.get(chunk)));
  struct.i64(2, sum(group.chunks, 'uncompressedBytes'));
  struct.i64(3, group.rows);
  struct.i64(5, group.at);
  struct.i64(6, sum(group.chunks, 'compressedBytes'));
}

function writeChunk(struct: ThriftWriter, chunk: ChunkEntry, index: IndexEntry | undefined): void {
  struct.i64(2, chunk.dictionaryAt ?? chunk.dataAt);
  struct.struct(3, (meta) => {
    meta.i32(1, chunk.physicalType);
    meta.i32s(2, chunk.encodings);
    meta.texts(3, chunk.path);
    meta.i32(4, SNAPPY);
    meta.i64(5, chunk.values);
    meta.i64(6, chunk.uncompressedBytes);
    meta.i64(7, chunk.compressedBytes);
    meta.i64(9, chunk.dataAt);
    if (chunk.dictionaryAt !== undefined) meta.i64(11, chunk.dictionaryAt);
    meta.struct(12, (statistics) => writeStatistics(statistics, chunk));
  });
  if (index === undefined) return;
  struct.i64(4, index.offsetIndex.at);
  struct.i32(5, index.offsetIndex.sizeBytes);
  if (index.columnIndex === undefined) return;
  struct.i64(6, index.columnIndex.at);
  struct.i32(7, index.columnIndex.sizeBytes);
}

/** What a reader skips a row group by. */
function writeStatistics(struct: ThriftWriter, { kind, pages }: ChunkEntry): void {
  struct.i64(
    3,
    pages.reduce((total, { nulls }) => total + nulls, 0),
  );
  const bounds = boundsOf(pages);
  if (bounds === undefined) return;
  struct.binary(5, boundBytes(kind, bounds.max, true));
  struct.binary(6, boundBytes(kind, bounds.min, false));
  struct.flag(7, bounds.isMaxExact);
  struct.flag(8, bounds.isMinExact);
}

function boundsOf(pages: readonly PageFacts[]): Bounds | undefined {
  let all: Bounds | undefined;
  for (const { isNull, bounds } of pages) {
    if (isNull) continue;
    if (bounds === undefined) return undefined;
    all = all === undefined ? bounds : unionOf(all, bounds);
  }
  return all;
}

function sum(chunks: readonly ChunkEntry[], field: 'uncompressedBytes' | 'compressedBytes'): number {
  return chunks.reduce((total, chunk) => total + chunk[field], 0);
}
