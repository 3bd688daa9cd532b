import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readInto, readingFile } from '../checkpoint/read-file.ts';

/** Read at a time. */
const CHUNK_BYTES = 1024 * 1024;

/** A file of lines to which others add, read on from where it was read before; from its start where it is another one now. */
export class FollowedLines<Item> {
  readonly #file: string;
  readonly #itemsOf: (text: string) => readonly Item[];
  readonly #items: Item[] = [];
  /** Bytes whose lines are read, and the last of them: where these are others, the file was written anew. */
  #at = 0;
  #tail = Buffer.alloc(0);

  /** @param itemsOf - what whole lines say. */
  constructor(file: string, itemsOf: (text: string) => readonly Item[]) {
    this.#file = file;
    this.#itemsOf = itemsOf;
  }

  /** Everything so far. A line that is not ended yet comes when it is. */
  async read(): Promise<readonly Item[]> {
    await readingFile(this.#file, nodeFileSystem, async (handle, size) => {
      const before = this.#tail.length;
      const seen = await readInto(handle, Buffer.allocUnsafe(before), this.#at - before);
      if (size < this.#at || !this.#tail.equals(seen)) this.#forget();
      while (this.#at < size) {
        const bytes = await readInto(handle, Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - this.#at)), this.#at);
        const end = bytes.lastIndexOf(0x0a) + 1;
        if (end === 0) return;
        const lines = Buffer.from(bytes.subarray(0, end));
        for (const item of this.#itemsOf(lines.toString('utf8'))) this.#items.push(item);
        this.#at += end;
        this.#tail = lines.subarray(-64);
      }
    });
    return this.#items;
  }

  #forget(): void {
    this.#items.length = 0;
    this.#at = 0;
    this.#tail = Buffer.alloc(0);
  }
}
