import type { ManifestLimits } from '../limits.ts';
import type { ByteInput, ByteSource } from './byte-input.ts';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * A view that slides over an input. What a reader has not taken yet stays in it; it grows, by doubling, only where one
 * record needs more. The bytes are valid until the next `fill`.
 */
export class ByteWindow {
  readonly #source: ByteSource;
  #buffer: Buffer;
  #length = 0;
  #base: number;
  #atEnd = false;
  /** Where the unread bytes begin in `bytes`. */
  start = 0;

  private constructor(source: ByteSource, position: number, sizeBytes: number) {
    this.#source = source;
    this.#base = position;
    this.#buffer = Buffer.allocUnsafe(Math.max(sizeBytes, BYTE_ORDER_MARK.length));
  }

  /** Opens at `position`, skipping a byte order mark at the start of the file. The caller closes the window. */
  static async open(
    input: ByteInput,
    position: number,
    limits: Pick<ManifestLimits, 'windowBytes'>,
  ): Promise<ByteWindow> {
    const source = await input.open(position);
    const window = new ByteWindow(source, position, limits.windowBytes);
    try {
      await window.fill();
    } catch (error) {
      await source.close();
      throw error;
    }
    if (position === 0 && window.bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)) {
      window.start = BYTE_ORDER_MARK.length;
    }
    return window;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Position of `bytes[0]` in the file. */
  get base(): number {
    return this.#base;
  }

  /** Whether nothing follows `bytes`. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Drops what was taken, makes room, and reads until the window is full or the file ends. */
  async fill(): Promise<void> {
    this.#makeRoom();
    while (!this.#atEnd && this.#length < this.#buffer.length) {
      const free = this.#buffer.length - this.#length;
      const count = await this.#source.read(this.#buffer, this.#length, free);
      this.#atEnd = count === 0;
      this.#length += count;
    }
  }

  async close(): Promise<void> {
    await this.#source.close();
  }

  #makeRoom(): void {
    const unread = this.#buffer.subarray(this.start, this.#length);
    const full = unread.length === this.#buffer.length;
    const target = full ? Buffer.allocUnsafe(2 * this.#buffer.length) : this.#buffer;
    unread.copy(target);
    this.#buffer = target;
    this.#base += this.start;
    this.#length -= this.start;
    this.start = 0;
  }
}
