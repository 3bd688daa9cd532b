import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';

const HASH_BYTES = 16;
const UNKNOWN = 0;
const EMPTY = 1;
const HASHED = 2;

/** Of files that are open, so that a second reading of the same list need not unpack all that is in it. */
const open = new Map<string, WeakRef<ContentIndex>>();

/** Which content each row of a column has: 17 bytes a row, instead of unpacking the column whenever the list is read. */
export class ContentIndex {
  readonly #states: Uint8Array;
  readonly #hashes: Buffer;

  private constructor(rows: number) {
    this.#states = new Uint8Array(rows);
    this.#hashes = Buffer.alloc(rows * HASH_BYTES);
  }

  /** That of a column as the file is now. */
  static of(file: string, { size, mtimeMs, ctimeMs }: Stats, column: string, rows: number): ContentIndex {
    const key = JSON.stringify([file, size, mtimeMs, ctimeMs, column, rows]);
    const known = open.get(key)?.deref();
    if (known !== undefined) return known;
    for (const [other, reference] of open) if (reference.deref() === undefined) open.delete(other);
    const index = new ContentIndex(rows);
    open.set(key, new WeakRef(index));
    return index;
  }

  /** In hex; `null` for a row without content, `undefined` for one that was not read yet. */
  hashOf(row: number): string | null | undefined {
    const state = this.#states[row] ?? UNKNOWN;
    if (state !== HASHED) return state === EMPTY ? null : undefined;
    return this.#hashes.toString('hex', row * HASH_BYTES, (row + 1) * HASH_BYTES);
  }

  add(row: number, content: Uint8Array | undefined): void {
    this.#states[row] = content === undefined ? EMPTY : HASHED;
    if (content !== undefined)
      createHash('sha256')
        .update(content)
        .digest()
        .copy(this.#hashes, row * HASH_BYTES, 0, HASH_BYTES);
  }
}
