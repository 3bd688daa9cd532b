import { Spool } from '../scratch/spool.ts';
import type { DuplicateGroups } from '../similarity/duplicate-groups.ts';
import { DuplicateSearch } from '../similarity/duplicate-search.ts';

/** The search for copies, with a temporary file for what it does not hold in memory. */
export class CopySearch {
  readonly #total: number;
  readonly #rows: Spool;
  readonly #blocks: Spool;
  readonly #search: DuplicateSearch;

  /** @param folder - of the temporary file; by default where the system has them. */
  constructor(total: number, folder?: string) {
    this.#total = total;
    this.#rows = new Spool(folder);
    this.#blocks = new Spool(folder);
    this.#search = new DuplicateSearch(total, { rows: this.#rows, blocks: this.#blocks });
  }

  /**
   * In order of index; of a pair beyond the plan the join says so, with its reason.
   *
   * @throws StorageError when the file system refuses the temporary file.
   */
  add(index: number, sketch: Uint8Array): void {
    if (index < this.#total) this.#search.add(index, sketch);
  }

  /** Ends the search. @throws StorageError as `add`. */
  groups(): DuplicateGroups {
    try {
      return this.#search.groups();
    } finally {
      this.close();
    }
  }

  /** Gives the temporary file back. */
  close(): void {
    this.#rows.close();
    this.#blocks.close();
  }
}
