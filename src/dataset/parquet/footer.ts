import { PHYSICAL_TYPE, type SchemaElement } from './schema.ts';
import { ThriftWriter } from './thrift-writer.ts';

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
  file.structs(4, rowGroups, writeRowGroup);
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

function writeRowGroup(struct: ThriftWriter, group: RowGroupEntry): void {
  struct.structs(1, group.chunks, writeChunk);
  struct.i64(2, sum(group.chunks, 'uncompressedBytes'));
  struct.i64(3, group.rows);
  struct.i64(5, group.at);
  struct.i64(6, sum(group.chunks, 'compressedBytes'));
}

function writeChunk(struct: ThriftWriter, chunk: ChunkEntry): void {
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
  });
}

function sum(chunks: readonly ChunkEntry[], field: 'uncompressedBytes' | 'compressedBytes'): number {
  return chunks.reduce((total, chunk) => total + chunk[field], 0);
}
