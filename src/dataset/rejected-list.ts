import { rejectionReasons } from '../quality/judge-row.ts';
import type { CuratedRow } from './dataset-row.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { appendJson } from './json-text.ts';
import type { OutputFile, OutputFolder, WrittenFile } from './output-folder.ts';
import type { RowColumn } from './row-columns.ts';

/** Columns that say nothing about why a row was rejected, and are large. */
const LEFT_OUT = new Set(['midi_tokens', 'text_features']);

/** Writes `rejected.jsonl`: the facts of each row that a filter rejected, and the reasons. */
export class RejectedList {
  readonly #file: OutputFile;
  readonly #columns: readonly RowColumn[];
  readonly #line = new GrowingBytes(1 << 12);

  private constructor(file: OutputFile, columns: readonly RowColumn[]) {
    this.#file = file;
    this.#columns = columns.filter(({ name }) => !LEFT_OUT.has(name));
  }

  static async create(folder: OutputFolder, columns: readonly RowColumn[]): Promise<RejectedList> {
    return new RejectedList(await folder.create('rejected.jsonl'), columns);
  }

  async add(row: CuratedRow): Promise<void> {
    const facts = this.#columns.map(({ name, cellOf }) => [name, cellOf(row)] as const);
    const reasons = row.verdict === undefined ? [] : rejectionReasons(row.verdict);
    this.#line.clear();
    appendJson(this.#line, { ...Object.fromEntries(facts), reasons });
    this.#line.text('\n');
    await this.#file.write(this.#line.written);
  }

  close(): Promise<WrittenFile> {
    return this.#file.close();
  }
}
