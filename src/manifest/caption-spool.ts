import { Spool } from '../scratch/spool.ts';

/** What is read at once: most of what is kept is shorter. */
const READ_BYTES = 4096;
const LENGTH_BYTES = 4;

/** Texts, each found by the place that it was put at. */
export class CaptionSpool {
  readonly #spool: Spool;
  readonly #page = Buffer.allocUnsafe(READ_BYTES);

  constructor(spool = new Spool()) {
    this.#spool = spool;
  }

  /** @returns its place. */
  put(text: string): number {
    const place = this.#spool.length;
    const size = LENGTH_BYTES + Buffer.byteLength(text);
    const bytes = size > READ_BYTES ? Buffer.allocUnsafe(size) : this.#page.subarray(0, size);
    bytes.writeUInt32LE(size - LENGTH_BYTES);
    bytes.write(text, LENGTH_BYTES);
    this.#spool.append(bytes);
    return place;
  }

  at(place: number): string {
    const seen = this.#spool.read(place, this.#page);
    const size = this.#page.readUInt32LE(0);
    if (LENGTH_BYTES + size <= seen) return this.#page.toString('utf8', LENGTH_BYTES, LENGTH_BYTES + size);
    const large = Buffer.allocUnsafe(size);
    this.#spool.read(place + LENGTH_BYTES, large);
    return large.toString('utf8');
  }
}
