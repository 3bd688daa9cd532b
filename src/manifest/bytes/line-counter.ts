import type { ByteInput, ByteSource } from './byte-input.ts';

const LINE_FEED = 0x0a;
const CHUNK_BYTES = 256 * 1024;

/**
 * Tells the line of a byte. Lines are counted only when somebody asks: no reader has to, and beginning in the middle of
 * a file needs none. Goes through the bytes once, however often it is asked, where the questions ascend.
 */
export class LineCounter {
  readonly #input: ByteInput;
  #source: ByteSource | undefined;
  #chunk: Buffer = Buffer.alloc(0);
  /** Position of `#chunk[0]`, and the line that it is on. */
  #base = 0;
  #line = 1;

  constructor(input: ByteInput) {
    this.#input = input;
  }

  /** 1-based line of the byte at `offset`. */
  async lineAt(offset: number): Promise<number> {
    if (offset < this.#base) await this.close();
    this.#source ??= await this.#input.open(0);
    while (this.#base + this.#chunk.length < offset) {
      this.#line += lineFeedsIn(this.#chunk);
      this.#base += this.#chunk.length;
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = await this.#source.read(buffer, 0, buffer.length);
      if (count === 0) return this.#line;
      this.#chunk = buffer.subarray(0, count);
    }
    return this.#line + lineFeedsIn(this.#chunk.subarray(0, offset - this.#base));
  }

  async close(): Promise<void> {
    await this.#source?.close();
    this.#source = undefined;
    this.#chunk = Buffer.alloc(0);
    this.#base = 0;
    this.#line = 1;
  }
}

function lineFeedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
