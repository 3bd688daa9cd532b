import { type FileHandle, open, stat } from 'node:fs/promises';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { messageOf } from '../../errors.ts';
import type { EmbeddedMidi } from '../embedded-midi.ts';
import { ManifestFault } from '../manifest-fault.ts';
import { isPlainObject, type ManifestRecord } from '../manifest-record.ts';
import { ContentIndex } from './content-index.ts';
import { type MidiColumn, parquetColumns } from './parquet-columns.ts';
import { LeafCursor } from './parquet-leaf.ts';
import type { Loss, ReadRecord, RecordReader } from './record-reader.ts';

/** hyparquet's own takes a U+FEFF at the start of a text for a byte order mark. */
const PARSERS = {
  stringFromBytes: (bytes: Uint8Array | undefined): string | undefined =>
    bytes === undefined ? undefined : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
};

/** Rows that are turned into records at a time; a row group is read once for each such part of it, page by page. */
const ROWS_AT_ONCE = 50_000;
const BLOCK_RECORDS = 1024;
/** Where records come with their MIDI files. */
const BLOCK_FILES = 32;

/**
 * The rows of a Parquet file. Positions count rows. Holds the compressed columns of a row group and a part of its
 * rows; of a column of MIDI files a page, and which content each row has (`ContentIndex`). Other columns of bytes are left out
 * unless their name is known to be one of text.
 */
export async function parquetReader(file: string, isKnown: (name: string) => boolean): Promise<RecordReader> {
  const stats = await stat(file);
  const { metadata, columns } = await withFile(file, async (buffer) => {
    const read = await parquetMetadataAsync(buffer);
    return { metadata: read, columns: await parquetColumns(buffer, read, isKnown) };
  });
  const notes = columns.left.map(
    (name) => `the column ${JSON.stringify(name)} of ${file} holds bytes, not text; it is left out`,
  );
  const rows = Number(metadata.num_rows);
  const midi = columns.midi.map((column) => ({ ...column, index: ContentIndex.of(file, stats, column.name, rows) }));
  return {
    format: 'parquet',
    notes,
    async *blocks({ part, offset }, carriesMidi = false) {
      const handle = await open(file, 'r');
      const buffer = bufferOf(handle, stats.size);
      const size = carriesMidi ? BLOCK_FILES : BLOCK_RECORDS;
      try {
        let files: MidiRows | undefined;
        for (const { group, begin, first, end } of parts(metadata, offset)) {
          const values = await readValues(buffer, metadata, columns.values, first, end);
          if (files?.group !== group) files = new MidiRows(buffer, metadata, group, begin, midi);
          for (let at = first; at < end; at += size) {
            const records: ReadRecord[] = [];
            for (let row = at; row < Math.min(end, at + size); row++) {
              records.push(readRow(values[row - first] ?? {}, row, await files.at(row, carriesMidi)));
            }
            yield { part, records };
          }
        }
      } catch (error) {
        throw faultOf(error);
      } finally {
        await handle.close();
      }
    },
  };
}

async function readValues(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly string[],
  rowStart: number,
  rowEnd: number,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (columns.length === 0) return [];
  return parquetReadObjects({ file, metadata, columns: [...columns], compressors, parsers: PARSERS, rowStart, rowEnd });
}

interface GroupPart {
  readonly group: number;
  /** First row of the group. */
  readonly begin: number;
  /** The rows of the part. */
  readonly first: number;
  readonly end: number;
}

/** The rows from `offset` on, in parts that are in one row group each. */
function* parts({ row_groups: groups }: FileMetaData, offset: number): Generator<GroupPart> {
  let begin = 0;
  for (const [group, { num_rows: count }] of groups.entries()) {
    const behind = begin + Number(count);
    for (let first = Math.max(begin, offset); first < behind; first += ROWS_AT_ONCE) {
      yield { group, begin, first, end: Math.min(behind, first + ROWS_AT_ONCE) };
    }
    begin = behind;
  }
}

/** The MIDI files in the rows of a row group. */
class MidiRows {
  readonly group: number;
  readonly #begin: number;
  readonly #columns: readonly {
    readonly name: string;
    readonly index: ContentIndex;
    readonly bytes: LeafCursor;
    readonly path: LeafCursor | undefined;
  }[];

  constructor(
    file: AsyncBuffer,
    metadata: FileMetaData,
    group: number,
    begin: number,
    columns: readonly (MidiColumn & { readonly index: ContentIndex })[],
  ) {
    this.group = group;
    this.#begin = begin;
    const cursor = (path: readonly string[]): LeafCursor => new LeafCursor(file, metadata, group, path);
    this.#columns = columns.map(({ name, index, bytes, path }) => ({
      name,
      index,
      bytes: cursor(bytes),
      path: path === undefined ? undefined : cursor(path),
    }));
  }

  /** Rows are asked for in ascending order. */
  async at(row: number, carriesMidi: boolean): Promise<readonly EmbeddedMidi[]> {
    const found: EmbeddedMidi[] = [];
    for (const { name, index, bytes, path } of this.#columns) {
      const isUnknown = index.hashOf(row) === undefined;
      const content = carriesMidi || isUnknown ? await bytes.take(row - this.#begin) : undefined;
      const view = content instanceof Uint8Array ? content : undefined;
      if (isUnknown) index.add(row, view);
      const contentHash = index.hashOf(row);
      if (typeof contentHash !== 'string') continue;
      found.push({
        field: name,
        contentHash,
        path: textOf(await path?.take(row - this.#begin)),
        // A copy: a view would take its whole page along to another thread.
        bytes: carriesMidi ? view?.slice() : undefined,
      });
    }
    return found;
  }
}

/** Of a dictionary, bytes. */
function textOf(value: unknown): string | undefined {
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function readRow(
  row: Readonly<Record<string, unknown>>,
  offset: number,
  embedded: readonly EmbeddedMidi[],
): ReadRecord {
  const losses = new Set<Loss>();
  const record: ManifestRecord = plainObject(row, losses);
  return {
    offset,
    record,
    ...(losses.size === 0 ? {} : { losses: [...losses] }),
    ...(embedded.length === 0 ? {} : { embedded }),
  };
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

async function withFile<Result>(file: string, use: (buffer: AsyncBuffer) => Promise<Result>): Promise<Result> {
  const { size } = await stat(file);
  const handle = await open(file, 'r');
  try {
    return await use(bufferOf(handle, size));
  } catch (error) {
    throw faultOf(error);
  } finally {
    await handle.close();
  }
}

/** What the file system says stays; all else is about the content. */
function faultOf(error: unknown): unknown {
  if (error instanceof Error && 'syscall' in error) return error;
  return new ManifestFault(0, `not a Parquet file that can be read: ${messageOf(error)}`);
}

function bufferOf(handle: FileHandle, size: number): AsyncBuffer {
  return { byteLength: size, slice: (start, end = size) => slice(handle, start, end) };
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
