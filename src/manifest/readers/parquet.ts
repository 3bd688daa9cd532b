import { type FileHandle, open, stat } from 'node:fs/promises';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { messageOf } from '../../errors.ts';
import { ManifestFault } from '../manifest-fault.ts';
import { isPlainObject, type ManifestRecord } from '../manifest-record.ts';
import type { Loss, ReadRecord, RecordReader } from './record-reader.ts';

/** hyparquet's own takes a U+FEFF at the start of a text for a byte order mark. */
const PARSERS = {
  stringFromBytes: (bytes: Uint8Array | undefined): string | undefined =>
    bytes === undefined ? undefined : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
};

/** Rows that are turned into records at a time; a row group is read once for each such part of it, page by page. */
const ROWS_AT_ONCE = 50_000;
const BLOCK_RECORDS = 1024;

/**
 * The rows of a Parquet file. Positions count rows. Holds the compressed columns of a row group and a part of its
 * rows. Columns of bytes are left out unless their name is known to be one of text.
 */
export async function parquetReader(file: string, isKnown: (name: string) => boolean): Promise<RecordReader> {
  const metadata = await withFile(file, (buffer) => parquetMetadataAsync(buffer));
  const top = topColumns(metadata);
  const left = top.filter((column) => isBytes(column) && !isKnown(column.name)).map(({ name }) => name);
  const columns = top.map(({ name }) => name).filter((name) => !left.includes(name));
  const notes = left.map(
    (name) => `the column ${JSON.stringify(name)} of ${file} holds bytes, not text; it is left out`,
  );
  return {
    format: 'parquet',
    notes,
    async *blocks({ part, offset }) {
      for (const [first, end] of parts(metadata, offset)) {
        const rows = await withFile(file, (buffer) =>
          parquetReadObjects({
            file: buffer,
            metadata,
            columns,
            compressors,
            parsers: PARSERS,
            rowStart: first,
            rowEnd: end,
          }),
        );
        for (let at = 0; at < rows.length; at += BLOCK_RECORDS) {
          const records = rows.slice(at, at + BLOCK_RECORDS).map((row, place) => readRow(row, first + at + place));
          yield { part, records };
        }
      }
    },
  };
}

/** [first, end) of the rows from `offset` on, none of them over two row groups. */
function* parts({ row_groups: groups }: FileMetaData, offset: number): Generator<readonly [number, number]> {
  let begin = 0;
  for (const { num_rows: count } of groups) {
    const end = begin + Number(count);
    for (let first = Math.max(begin, offset); first < end; first += ROWS_AT_ONCE) {
      yield [first, Math.min(end, first + ROWS_AT_ONCE)];
    }
    begin = end;
  }
}

function readRow(row: Readonly<Record<string, unknown>>, offset: number): ReadRecord {
  const losses = new Set<Loss>();
  const record: ManifestRecord = plainObject(row, losses);
  return losses.size === 0 ? { offset, record } : { offset, record, losses: [...losses] };
}

/** As JSON would say it: dates as text, integers as numbers where these hold them, else as text. */
function plain(value: unknown, losses: Set<Loss>): unknown {
  switch (typeof value) {
    case 'bigint': {
      const number = Number(value);
      if (Number.isSafeInteger(number)) return number;
      losses.add('number');
      return String(value);
    }
    case 'number':
      if (Number.isFinite(value)) return value;
      losses.add('number');
      return String(value);
    case 'object':
      if (value === null) return null;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      if (value instanceof Uint8Array) return null;
      if (Array.isArray(value)) return value.map((element) => plain(element, losses));
      return isPlainObject(value) ? plainObject(value, losses) : null;
    case 'undefined':
      return null;
    default:
      return value;
  }
}

function plainObject(value: Readonly<Record<string, unknown>>, losses: Set<Loss>): Record<string, unknown> {
  if (Object.hasOwn(value, '__proto__')) losses.add('prototype key');
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, entry]) => [key, plain(entry, losses)]));
}

function topColumns({ schema }: FileMetaData): FileMetaData['schema'] {
  const top: FileMetaData['schema'] = [];
  for (let at = 1; at < schema.length; ) {
    const column = schema[at];
    if (column === undefined) break;
    top.push(column);
    at = endOfSubtree(schema, at);
  }
  return top;
}

function endOfSubtree(schema: FileMetaData['schema'], from: number): number {
  let at = from + 1;
  for (let child = 0; child < (schema[from]?.num_children ?? 0); child++) at = endOfSubtree(schema, at);
  return at;
}

function isBytes({ type, converted_type: converted, logical_type: logical }: FileMetaData['schema'][number]): boolean {
  return type === 'BYTE_ARRAY' && converted === undefined && logical === undefined;
}

async function withFile<Result>(file: string, use: (buffer: AsyncBuffer) => Promise<Result>): Promise<Result> {
  const { size } = await stat(file);
  const handle = await open(file, 'r');
  try {
    return await use({ byteLength: size, slice: (start, end = size) => slice(handle, start, end) });
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new ManifestFault(0, `not a Parquet file that can be read: ${messageOf(error)}`);
  } finally {
    await handle.close();
  }
}

async function slice(handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new ArrayBuffer(Math.max(0, end - start));
  const view = new Uint8Array(bytes);
  for (let at = 0; at < view.length; ) {
    const { bytesRead } = await handle.read(view, at, view.length - at, start + at);
    if (bytesRead === 0) throw new Error('it ends too early');
    at += bytesRead;
  }
  return bytes;
}
