import type { Cell } from '../cell.ts';
import type { ColumnSchema } from '../column-type.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { type ChunkEntry, footerBytes, type IndexEntry, type RowGroupEntry } from './footer.ts';
import type { LeafColumn } from './leaf-column.ts';
import { columnIndexBytes, offsetIndexBytes } from './page-index.ts';
import { type SchemaElement, schemaElements } from './schema.ts';
import { type Shredder, shredderOf } from './shredder.ts';

const MAGIC = Buffer.from('PAR1', 'latin1');

/** Where the bytes of a file go, one after the other. */
export type ByteSink = (bytes: Uint8Array) => Promise<void>;

/**
 * Writes one Parquet file: rows are shredded and compressed as they come; a row group goes out when the caller ends it.
 * The bytes depend on the schema, the rows and where row groups end, and on nothing else.
 *
 *     const writer = new ParquetWriter(columns, sink, 'midiloom');
 *     await writer.start();
 *     writer.addRow(cells);
 *     await writer.endRowGroup();
 *     await writer.finish();
 */
export class ParquetWriter {
  readonly #sink: ByteSink;
  readonly #createdBy: string;
  readonly #schema: readonly SchemaElement[];
  readonly #columns: readonly Shredder[];
  readonly #leaves: readonly LeafColumn[];
  readonly #rowGroups: RowGroupEntry[] = [];
  #rows = 0;
  #at = 0;

  constructor(columns: readonly ColumnSchema[], sink: ByteSink, createdBy: string) {
    this.#schema = schemaElements(columns);
    this.#columns = columns.map(shredderOf);
    this.#leaves = this.#columns.flatMap(({ leaves }) => leaves);
    this.#sink = sink;
    this.#createdBy = createdBy;
  }

  /** Rows of the row group that is being written. */
  get pendingRows(): number {
    return this.#rows;
  }

  start(): Promise<void> {
    return this.#write(MAGIC);
  }

  /** @param cells - one a column, in the order of the columns. */
  addRow(cells: readonly Cell[]): void {
    if (cells.length !== this.#columns.length)
      throw new RangeError(`${cells.length} cells for ${this.#columns.length} columns`);
    for (const [at, cell] of cells.entries()) this.#columns[at]?.add(cell);
    for (const leaf of this.#leaves) leaf.endRow();
    this.#rows++;
  }

  async endRowGroup(): Promise<void> {
    if (this.#rows === 0) return;
    const at = this.#at;
    const chunks: ChunkEntry[] = [];
    for (const leaf of this.#leaves) chunks.push(await this.#writeChunk(leaf));
    this.#rowGroups.push({ rows: this.#rows, at, chunks });
    this.#rows = 0;
  }

  /** Ends the last row group and the file. A file without rows is a file all the same. */
  async finish(): Promise<void> {
    await this.endRowGroup();
    const footer = footerBytes(this.#schema, this.#rowGroups, await this.#writePageIndex(), this.#createdBy);
    const length = new GrowingBytes(4);
    length.int32(footer.length);
    for (const part of [footer, length.written, MAGIC]) await this.#write(part);
  }

  /** Bounds of all pages first, then their places: a reader that filters wants the bounds of several columns at once. */
  async #writePageIndex(): Promise<ReadonlyMap<ChunkEntry, IndexEntry>> {
    const chunks = this.#rowGroups.flatMap((group) => group.chunks);
    const columnIndexes: IndexEntry['columnIndex'][] = [];
    for (const { kind, pages } of chunks) {
      const bytes = columnIndexBytes(kind, pages);
      columnIndexes.push(bytes && { at: this.#at, sizeBytes: bytes.length });
      if (bytes !== undefined) await this.#write(bytes);
    }
    const index = new Map<ChunkEntry, IndexEntry>();
    for (const [place, chunk] of chunks.entries()) {
      const bytes = offsetIndexBytes(chunk.pages, chunk.dataAt);
      index.set(chunk, {
        columnIndex: columnIndexes[place],
        offsetIndex: { at: this.#at, sizeBytes: bytes.length },
      });
      await this.#write(bytes);
    }
    return index;
  }

  async #writeChunk(leaf: LeafColumn): Promise<ChunkEntry> {
    const { place, dictionaryPage, dataParts, ...entry } = leaf.takeChunk();
    const at = this.#at;
    if (dictionaryPage !== undefined) await this.#write(dictionaryPage);
    const dataAt = this.#at;
    for (const part of dataParts) await this.#write(part);
    return {
      ...entry,
      path: place.path,
      kind: place.kind,
      compressedBytes: this.#at - at,
      dictionaryAt: dictionaryPage === undefined ? undefined : at,
      dataAt,
    };
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#sink(bytes);
    this.#at += bytes.length;
  }
}
