import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storageError } from '../checkpoint/storage-error.ts';

const MEMORY_BYTES = 8 * 1024 * 1024;
const FIRST_BYTES = 64 * 1024;

/** Not everybody who has a spool knows when it is not needed any more. */
const unneeded = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/**
 * Bytes that are put one after the other and read from any place. The last 8 MiB are in memory, what is before them in a temporary
 * file without a name, of which nothing is left whatever becomes of the process.
 */
export class Spool {
  readonly #folder: string;
  readonly #memoryBytes: number;
  #buffer = Buffer.alloc(0);
  /** Bytes in the buffer. */
  #held = 0;
  /** Bytes that are in the file. */
  #written = 0;
  #file: { readonly descriptor: number; readonly path: string } | undefined;

  /**
   * @param folder - where the file is made, if there has to be one.
   * @param memoryBytes - how much is kept in memory; for tests.
   */
  constructor(folder = tmpdir(), memoryBytes = MEMORY_BYTES) {
    this.#folder = folder;
    this.#memoryBytes = memoryBytes;
  }

  /** Where the next byte comes. */
  get length(): number {
    return this.#written + this.#held;
  }

  /** @throws StorageError when the file system refuses. */
  append(bytes: Uint8Array): void {
    if (this.#held + bytes.length > this.#memoryBytes) this.#flush();
    if (bytes.length > this.#memoryBytes) this.#write(bytes);
    else {
      this.#makeRoom(this.#held + bytes.length);
      this.#buffer.set(bytes, this.#held);
      this.#held += bytes.length;
    }
  }

  /**
   * Fills `into` from a place on, as far as there are bytes.
   *
   * @returns how many bytes that are. @throws StorageError when the file system refuses.
   */
  read(place: number, into: Uint8Array): number {
    let count = 0;
    while (count < into.length && place + count < this.#written) {
      const wanted = Math.min(into.length - count, this.#written - place - count);
      count += this.#readFile(into, count, wanted, place + count);
    }
    const from = place + count - this.#written;
    if (count === into.length || from >= this.#held) return count;
    const part = this.#buffer.subarray(from, Math.min(this.#held, from + into.length - count));
    into.set(part, count);
    return count + part.length;
  }

  /** Gives memory and disk back. */
  close(): void {
    if (this.#file !== undefined) {
      unneeded.unregister(this);
      closeSync(this.#file.descriptor);
    }
    this.#file = undefined;
    this.#buffer = Buffer.alloc(0);
    this.#held = 0;
    this.#written = 0;
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const size = Math.min(this.#memoryBytes, Math.max(FIRST_BYTES, bytes, this.#buffer.length * 2));
    const larger = Buffer.allocUnsafeSlow(size);
    larger.set(this.#buffer.subarray(0, this.#held));
    this.#buffer = larger;
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#held));
    this.#held = 0;
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const { descriptor, path } = this.#opened();
    try {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(descriptor, bytes, at, bytes.length - at, this.#written + at);
      }
    } catch (thrown) {
      throw storageError('write the temporary file', path, thrown);
    }
    this.#written += bytes.length;
  }

  #readFile(into: Uint8Array, at: number, wanted: number, place: number): number {
    const { descriptor, path } = this.#opened();
    try {
      const count = readSync(descriptor, into, at, wanted, place);
      if (count === 0) throw new Error('it has been cut');
      return count;
    } catch (thrown) {
      throw storageError('read the temporary file', path, thrown);
    }
  }

  #opened(): { readonly descriptor: number; readonly path: string } {
    if (this.#file === undefined) {
      const path = join(this.#folder, `.midiloom-${process.pid}-${process.hrtime.bigint()}`);
      try {
        const descriptor = openSync(path, 'wx+', 0o600);
        this.#file = { descriptor, path };
        unneeded.register(this, descriptor, this);
        unlinkSync(path);
      } catch (thrown) {
        throw storageError('make the temporary file', path, thrown);
      }
    }
    return this.#file;
  }
}
