import type { Cell } from '../cell.ts';
import type { ColumnSchema } from '../column-type.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { type ChunkEntry, footerBytes, type IndexEntry, type RowGroupEntry } from './footer.ts';
import type { ColumnChunk, LeafColumn } from './leaf-column.ts';
import { columnIndexBytes, offsetIndexBytes } from './page-index.ts';
import { type SchemaElement, schemaElements } from './schema.ts';
import { type Shredder, shredderOf } from './shredder.ts';

const MAGIC = Buffer.from('PAR1', 'latin1');

/** Where the bytes of a file go, one after the other. */
export type ByteSink = (bytes: Uint8Array) => Promise<void>;

/** A column whose cells are not known before all rows have been added. */
export interface LateColumn {
  readonly name: string;
  /** Where row groups wait until then. */
  readonly hold: ByteHold;
}

/** Takes bytes, and gives them back in the same order. */
export interface ByteHold {
  readonly write: ByteSink;
  /** Hands on the next bytes of those that were written. */
  moveTo(sink: ByteSink, length: number): Promise<void>;
}

/** Of a chunk that waits, what the footer says of it, and its size. */
interface HeldChunk extends Omit<ColumnChunk, 'dictionaryPage' | 'dataParts'> {
  readonly dictionaryBytes: number | undefined;
  readonly dataBytes: number;
}

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
  readonly #late: Shredder | undefined;
  readonly #hold: ByteHold | undefined;
  /** Row groups that wait for their late column. */
  readonly #held: { readonly rows: number; readonly chunks: readonly HeldChunk[] }[] = [];
  #rows = 0;
  #at = 0;

  constructor(columns: readonly ColumnSchema[], sink: ByteSink, createdBy: string, late?: LateColumn) {
    this.#schema = schemaElements(columns);
    this.#columns = columns.map(shredderOf);
    this.#late = this.#columns[columns.findIndex(({ name }) => name === late?.name)];
    this.#hold = late?.hold;
    this.#leaves = this.#columns.flatMap((column) => (column === this.#late ? [] : column.leaves));
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

  /** @param cells - one a column, in the order of the columns; nothing is taken of a late one. */
  addRow(cells: readonly Cell[]): void {
    if (cells.length !== this.#columns.length)
      throw new RangeError(`${cells.length} cells for ${this.#columns.length} columns`);
    for (let at = 0; at < cells.length; at++) {
      const column = this.#columns[at];
      if (column !== this.#late) column?.add(cells[at] ?? null);
    }
    for (const leaf of this.#leaves) leaf.endRow();
    this.#rows++;
  }

  async endRowGroup(): Promise<void> {
    if (this.#rows === 0) return;
    if (this.#hold === undefined) await this.#writeGroup();
    else this.#held.push({ rows: this.#rows, chunks: await this.#holdChunks(this.#hold) });
    this.#rows = 0;
  }

  /**
   * Ends the last row group and the file. A file without rows is a file all the same.
   *
   * @param lateCells - of the late column, one a row.
   */
  async finish(lateCells: Iterable<Cell> = []): Promise<void> {
    const cells = lateCells[Symbol.iterator]();
    for (const { rows, chunks } of this.#held) {
      this.#addLate(cells, rows);
      await this.#writeGroup(rows, chunks);
    }
    if (this.#rows > 0) {
      this.#addLate(cells, this.#rows);
      await this.#writeGroup();
    }
    const footer = footerBytes(this.#schema, this.#rowGroups, await this.#writePageIndex(), this.#createdBy);
    const length = new GrowingBytes(4);
    length.int32(footer.length);
    for (const part of [footer, length.written, MAGIC]) await this.#write(part);
  }

  #addLate(cells: Iterator<Cell>, rows: number): void {
    if (this.#late === undefined) return;
    for (let row = 0; row < rows; row++) {
      const { done, value } = cells.next();
      if (done === true) throw new RangeError('a late column has fewer cells than there are rows');
      this.#late.add(value);
      for (const leaf of this.#late.leaves) leaf.endRow();
    }
  }

  /** @param held - chunks that wait of all columns but the late one; by default those that are open are written. */
  async #writeGroup(rows = this.#rows, held?: readonly HeldChunk[]): Promise<void> {
    const at = this.#at;
    const chunks: ChunkEntry[] = [];
    let next = 0;
    for (const column of this.#columns) {
      for (const leaf of column.leaves) {
        const waiting = column === this.#late ? undefined : held?.[next++];
        chunks.push(await (waiting === undefined ? this.#writeChunk(leaf) : this.#writeHeld(waiting)));
      }
    }
    this.#rowGroups.push({ rows, at, chunks });
  }

  async #holdChunks(hold: ByteHold): Promise<readonly HeldChunk[]> {
    const chunks: HeldChunk[] = [];
    for (const leaf of this.#leaves) {
      const { dictionaryPage, dataParts, ...entry } = leaf.takeChunk();
      if (dictionaryPage !== undefined) await hold.write(dictionaryPage);
      let dataBytes = 0;
      for (const part of dataParts) {
        await hold.write(part);
        dataBytes += part.length;
      }
      chunks.push({ ...entry, dictionaryBytes: dictionaryPage?.length, dataBytes });
    }
    return chunks;
  }

  async #writeHeld({ place, dictionaryBytes, dataBytes, ...entry }: HeldChunk): Promise<ChunkEntry> {
    const at = this.#at;
    await this.#hold?.moveTo((bytes) => this.#write(bytes), (dictionaryBytes ?? 0) + dataBytes);
    return {
      ...entry,
      path: place.path,
      kind: place.kind,
      compressedBytes: this.#at - at,
      dictionaryAt: dictionaryBytes === undefined ? undefined : at,
      dataAt: at + (dictionaryBytes ?? 0),
    };
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
