import { rejectionReasons } from '../quality/judge-row.ts';
import type { CellAppender } from './cell.ts';
import type { CuratedRow } from './dataset-row.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { jsonAppender } from './json-appender.ts';
import type { OutputFile, OutputFolder, WrittenFile } from './output-folder.ts';
import type { RowColumn } from './row-columns.ts';
import { wellFormed } from './well-formed.ts';

/** Columns that say nothing about why a row was rejected, and are large. */
const LEFT_OUT = new Set(['midi_tokens', 'text_features']);

const REASONS: RowColumn = {
  name: 'reasons',
  type: { kind: 'list', element: { kind: 'string' } },
  meaning: 'The filters that rejected the row, and what each of them found.',
  cellOf: ({ verdict }) => (verdict === undefined ? [] : rejectionReasons(verdict).map(wellFormed)),
};

/** Writes `rejected.jsonl`: the facts of each row that a filter rejected, and the reasons. */
export class RejectedList {
  readonly #file: OutputFile;
  readonly #columns: readonly RowColumn[];
  readonly #append: CellAppender;
  readonly #line = new GrowingBytes(1 << 12);

  private constructor(file: OutputFile, columns: readonly RowColumn[]) {
    this.#file = file;
    this.#columns = [...columns.filter(({ name }) => !LEFT_OUT.has(name)), REASONS];
    this.#append = jsonAppender({ name: 'row', type: { kind: 'struct', fields: this.#columns } });
  }

  static async create(folder: OutputFolder, columns: readonly RowColumn[]): Promise<RejectedList> {
    return new RejectedList(await folder.create('rejected.jsonl'), columns);
  }

  async add(row: CuratedRow): Promise<void> {
    this.#line.clear();
    this.#append(this.#line, Object.fromEntries(this.#columns.map(({ name, cellOf }) => [name, cellOf(row)])));
    this.#line.text('\n');
    await this.#file.write(this.#line.written);
  }

  close(): Promise<WrittenFile> {
    return this.#file.close();
  }
}
