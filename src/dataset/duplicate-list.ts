import type { Pair } from '../manifest/pair.ts';
import { type DuplicateRow, droppedFirstRow, duplicateRow } from '../similarity/duplicate-row.ts';
import type { ScalarKind } from './column-type.ts';
import type { Curation } from './curation.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { jsonAppender } from './json-appender.ts';
import type { OutputFile, OutputFolder, WrittenFile } from './output-folder.ts';
import { type PairBatch, PairCursor } from './pair-cursor.ts';
import { wellFormed } from './well-formed.ts';

const KINDS: Readonly<Record<keyof DuplicateRow, ScalarKind>> = {
  index: 'int64',
  id: 'string',
  group: 'string',
  of: 'int64',
  kind: 'string',
  similarity: 'double',
  kept: 'int64',
};

/** Writes `duplicates.jsonl`, of the pairs in order: why each is in a group, and what stays in its place. */
export class DuplicateList {
  readonly #file: OutputFile;
  readonly #curation: Curation;
  readonly #line = new GrowingBytes();
  readonly #append = jsonAppender({
    name: 'duplicate',
    type: { kind: 'struct', fields: Object.entries(KINDS).map(([name, kind]) => ({ name, type: { kind } })) },
  });

  private constructor(file: OutputFile, curation: Curation) {
    this.#file = file;
    this.#curation = curation;
  }

  static async create(folder: OutputFolder, curation: Curation): Promise<DuplicateList> {
    return new DuplicateList(await folder.create('duplicates.jsonl'), curation);
  }

  /** Of all pairs that were decided about, where none is dropped. */
  async addAll(batches: AsyncIterable<PairBatch>): Promise<void> {
    const pairs = new PairCursor(batches);
    try {
      let last = -1;
      for (const { index } of this.#curation.copies.groups.links()) {
        const pair = index === last ? undefined : await pairs.take(index);
        last = index;
        if (pair !== undefined) await this.add(pair);
      }
    } finally {
      await pairs.close();
    }
  }

  async add({ index, id }: Pair): Promise<void> {
    const { groups, kept } = this.#curation.copies;
    const name = wellFormed(id);
    const links = groups.linksOf(index).filter(({ of }) => !this.#curation.isSameRecord(index, of));
    for (const link of links) await this.#write(duplicateRow(link, name, groups, kept));
    const instead = kept.insteadOf(index);
    if (links.length === 0 && instead !== undefined) await this.#write(droppedFirstRow(index, name, groups, instead));
  }

  close(): Promise<WrittenFile> {
    return this.#file.close();
  }

  #write(row: DuplicateRow): Promise<void> {
    this.#line.clear();
    this.#append(this.#line, { ...row });
    this.#line.text('\n');
    return this.#file.write(this.#line.written);
  }
}
