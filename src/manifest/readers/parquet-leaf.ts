import { type AsyncBuffer, type FileMetaData, parquetSchema } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getTreePath } from 'hyparquet/src/schema.js';
import { compressors } from 'hyparquet-compressors';

/** A page's header may have statistics in it, and these the longest of its values. */
const HEADER_BYTES = 4096;
const MAX_HEADER_BYTES = 64 * 1024 * 1024;

type Page = ReturnType<typeof parquetHeader>;

/**
 * The values of a column that is in no list, in order, of one row group from a row on. Holds a page, so that neither a large row
 * group nor large values fill the memory; pages before the row are passed over unread.
 *
 * @param path - names from the top; in structs, too.
 * @param first - a row of the group, 0-based.
 */
export class LeafCursor {
  readonly #file: AsyncBuffer;
  readonly #decoder: Parameters<typeof readPage>[2];
  readonly #end: number;
  #at: number;
  #dictionary: Parameters<typeof readPage>[3];
  #values: readonly unknown[] = [];
  /** Row of the first of the values, and of the first behind them. */
  #first = 0;
  #behind = 0;

  constructor(file: AsyncBuffer, metadata: FileMetaData, group: number, path: readonly string[]) {
    const chunk = metadata.row_groups[group]?.columns.find(({ meta_data: meta }) => isSame(meta?.path_in_schema, path));
    const meta = chunk?.meta_data;
    if (meta === undefined) throw new Error(`no column ${path.join('.')} in row group ${group}`);
    const schemaPath = getTreePath(parquetSchema(metadata), [...path]);
    const element = schemaPath.at(-1)?.element;
    if (element === undefined) throw new Error(`no column ${path.join('.')}`);
    this.#file = file;
    this.#decoder = {
      ...meta,
      pathInSchema: [...path],
      element,
      schemaPath,
      compressors,
      parsers: DEFAULT_PARSERS,
      utf8: false,
    };
    this.#at = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
    this.#end = this.#at + Number(meta.total_compressed_size);
  }

  /** The value of a row; rows are asked for in ascending order. Bytes are a view into a page. */
  async take(row: number): Promise<unknown> {
    while (row >= this.#behind) await this.#turn(row);
    return bare(this.#values[row - this.#first]);
  }

  async #turn(row: number): Promise<void> {
    if (this.#at >= this.#end) throw new Error(`a column ends before row ${row}`);
    const { header, length } = await this.#header();
    const begin = this.#at + length;
    this.#at = begin + header.compressed_page_size;
    const rows = header.data_page_header_v2?.num_rows ?? header.data_page_header?.num_values ?? 0;
    this.#first = this.#behind;
    this.#behind += rows;
    if (rows > 0 && this.#behind <= row) return;
    const bytes = await this.#file.slice(begin, this.#at);
    const reader = { view: new DataView(bytes), offset: 0 };
    const { data } = readPage(reader, header, this.#decoder, this.#dictionary, undefined, 0);
    if (header.type === 'DICTIONARY_PAGE') this.#dictionary = data;
    else this.#values = Array.from(data ?? []);
  }

  async #header(): Promise<{ readonly header: Page; readonly length: number }> {
    for (let size = HEADER_BYTES; ; size *= 16) {
      const end = Math.min(this.#at + size, this.#end);
      const reader = { view: new DataView(await this.#file.slice(this.#at, end)), offset: 0 };
      try {
        return { header: parquetHeader(reader), length: reader.offset };
      } catch (error) {
        if (end === this.#end || size > MAX_HEADER_BYTES) throw error;
      }
    }
  }
}

/** hyparquet puts what is in a struct that may be absent into a list of one. */
function bare(value: unknown): unknown {
  return Array.isArray(value) ? bare(value[0]) : value;
}

function isSame(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && a.length === b.length && a.every((name, at) => name === b[at]);
}
