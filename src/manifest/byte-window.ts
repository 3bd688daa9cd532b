import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ManifestLimits } from './limits.ts';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * A view that slides over a file. What a reader has not taken yet stays in it; it grows, by doubling, only where one
 * record needs more. The bytes are valid until the next `fill`.
 */
export class ByteWindow {
  readonly #handle: FileHandle;
  #buffer: Buffer;
  #length = 0;
  #base: number;
  #atEnd = false;
  /** Where the unread bytes begin in `bytes`. */
  start = 0;

  private constructor(handle: FileHandle, position: number, sizeBytes: number) {
    this.#handle = handle;
    this.#base = position;
    this.#buffer = Buffer.allocUnsafe(Math.max(sizeBytes, BYTE_ORDER_MARK.length));
  }

  /** Opens at `position`, skipping a byte order mark at the start of the file. The caller closes the window. */
  static async open(file: string, position: number, limits: ManifestLimits): Promise<ByteWindow> {
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const window = new ByteWindow(handle, position, limits.windowBytes);
    try {
      await window.fill();
    } catch (error) {
      await handle.close();
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
      const { bytesRead } = await this.#handle.read(this.#buffer, this.#length, free, this.#base + this.#length);
      this.#atEnd = bytesRead === 0;
      this.#length += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
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
