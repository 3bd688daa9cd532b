import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY_BYTES = 8 * 1024 * 1024;
/** What is read at once of a file: most of what is kept is shorter. */
const READ_BYTES = 4096;
const LENGTH_BYTES = 4;

/** Nobody is told when a plan is not needed any more. */
const unneeded = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/**
 * Texts, each found by the place that it was put at. The last 8 MiB are in memory, what is before them in a temporary file without
 * a name, of which nothing is left whatever becomes of the process.
 */
export class CaptionSpool {
  readonly #buffer: Buffer;
  #length = 0;
  /** Bytes that are in the file. */
  #written = 0;
  #descriptor: number | undefined;
  readonly #page = Buffer.allocUnsafe(READ_BYTES);

  /** @param memoryBytes - how much is kept in memory; for tests. */
  constructor(memoryBytes = MEMORY_BYTES) {
    this.#buffer = Buffer.allocUnsafeSlow(memoryBytes);
  }

  /** @returns its place. */
  put(text: string): number {
    const size = LENGTH_BYTES + Buffer.byteLength(text);
    if (this.#length + size > this.#buffer.length) this.#flush();
    const place = this.#written + this.#length;
    if (size > this.#buffer.length) {
      const large = Buffer.allocUnsafe(size);
      large.writeUInt32LE(size - LENGTH_BYTES);
      large.write(text, LENGTH_BYTES);
      this.#write(large);
      return place;
    }
    this.#buffer.writeUInt32LE(size - LENGTH_BYTES, this.#length);
    this.#buffer.write(text, this.#length + LENGTH_BYTES);
    this.#length += size;
    return place;
  }

  at(place: number): string {
    if (place < this.#written) return this.#inFile(place);
    const begin = place - this.#written + LENGTH_BYTES;
    return this.#buffer.toString('utf8', begin, begin + this.#buffer.readUInt32LE(begin - LENGTH_BYTES));
  }

  #inFile(place: number): string {
    const descriptor = this.#file();
    const seen = readSync(descriptor, this.#page, 0, READ_BYTES, place);
    const size = this.#page.readUInt32LE(0);
    if (LENGTH_BYTES + size <= seen) return this.#page.toString('utf8', LENGTH_BYTES, LENGTH_BYTES + size);
    const large = Buffer.allocUnsafe(size);
    for (let length = 0; length < size; ) {
      const count = readSync(descriptor, large, length, size - length, place + LENGTH_BYTES + length);
      if (count === 0) throw new Error('a temporary file of captions has been cut');
      length += count;
    }
    return large.toString('utf8');
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#length));
    this.#length = 0;
  }

  #write(bytes: Buffer): void {
    const descriptor = this.#file();
    for (let length = 0; length < bytes.length; ) {
      length += writeSync(descriptor, bytes, length, bytes.length - length, this.#written + length);
    }
    this.#written += bytes.length;
  }

  #file(): number {
    if (this.#descriptor === undefined) {
      const path = join(tmpdir(), `midiloom-captions-${process.pid}-${process.hrtime.bigint()}`);
      this.#descriptor = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
      unneeded.register(this, this.#descriptor);
    }
    return this.#descriptor;
  }
}
