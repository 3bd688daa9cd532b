import { constants } from 'node:fs';
import type { FileSystem, OpenFile } from '../checkpoint/file-system.ts';
import { storageError } from '../checkpoint/storage-error.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { writeAll } from './write-all.ts';

const NEW_FILE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** Bytes that are written or read at a time. */
const PIECE_BYTES = 1 << 20;

/** Bytes that wait in a file until they are handed on in the same order. There is no file before the first mebibyte. */
export class HeldFile {
  readonly #location: string;
  readonly #fs: FileSystem;
  /** The last of the bytes, which are not in the file. */
  readonly #pending = new GrowingBytes(1 << 12);
  #file: OpenFile | undefined;
  #fileBytes = 0;
  #movedBytes = 0;

  constructor(location: string, fs: FileSystem) {
    this.#location = location;
    this.#fs = fs;
  }

  /** Takes a copy of the bytes. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#pending.bytes(bytes);
    if (this.#pending.length < PIECE_BYTES) return;
    try {
      this.#file ??= await this.#fs.open(this.#location, NEW_FILE, 0o600);
      await writeAll(this.#file, this.#pending.written);
    } catch (error) {
      throw storageError('write', this.#location, error);
    }
    this.#fileBytes += this.#pending.length;
    this.#pending.clear();
  }

  /** Hands on the next bytes of those that were written; none is written after that. */
  async moveTo(sink: (bytes: Uint8Array) => Promise<void>, length: number): Promise<void> {
    const piece = Buffer.allocUnsafe(Math.min(length, PIECE_BYTES));
    const end = this.#movedBytes + length;
    while (this.#movedBytes < Math.min(end, this.#fileBytes)) {
      const wanted = Math.min(end, this.#fileBytes) - this.#movedBytes;
      const taken = await this.#read(piece, Math.min(wanted, piece.length));
      this.#movedBytes += taken;
      await sink(piece.subarray(0, taken));
    }
    const at = this.#movedBytes - this.#fileBytes;
    if (this.#movedBytes < end) await sink(this.#pending.written.subarray(at, end - this.#fileBytes));
    this.#movedBytes = end;
  }

  async remove(): Promise<void> {
    if (this.#file === undefined) return;
    await this.abandon();
    try {
      await this.#fs.unlink(this.#location);
    } catch (error) {
      throw storageError('remove', this.#location, error);
    }
  }

  /** Closes without caring for the content. */
  async abandon(): Promise<void> {
    await this.#file?.close().catch(() => {}); // nobody reads it any more
    this.#file = undefined;
  }

  async #read(into: Uint8Array, length: number): Promise<number> {
    try {
      const { bytesRead = 0 } = (await this.#file?.read(into, 0, length, this.#movedBytes)) ?? {};
      if (bytesRead === 0) throw new Error('it is shorter than what was written');
      return bytesRead;
    } catch (error) {
      throw storageError('read', this.#location, error);
    }
  }
}
