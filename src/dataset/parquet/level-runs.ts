import { GrowingBytes } from '../growing-bytes.ts';

/** Values of a bit-packed group; fixed by the format. */
const GROUP = 8;

/**
 * Definition or repetition levels in Parquet's hybrid of run-length and bit-packed encoding (Encodings.md, "RLE"). Levels
 * are given as runs, so that the cost is that of the runs and not of the values: a list of n ids is two runs.
 */
export class LevelRuns {
  readonly #bitWidth: number;
  readonly #bytes = new GrowingBytes();
  readonly #packed = new GrowingBytes();
  #level = 0;
  #count = 0;
  #group = 0;
  #grouped = 0;

  /** @param maxLevel - the highest level, at most 15; with 0 there is nothing to write. */
  constructor(maxLevel: number) {
    if (maxLevel > 15) throw new RangeError(`a level of ${maxLevel} does not fit four bits`);
    this.#bitWidth = 32 - Math.clz32(maxLevel);
  }

  add(level: number, count: number): void {
    if (level === this.#level) {
      this.#count += count;
      return;
    }
    this.#endRun();
    this.#level = level;
    this.#count = count;
  }

  /** Everything since the last call, encoded: a view that the next `add` may invalidate. */
  take(): Uint8Array {
    this.#endRun();
    if (this.#grouped > 0) this.#endGroup();
    this.#endPacked();
    const encoded = this.#bitWidth === 0 ? new Uint8Array(0) : this.#bytes.written;
    this.#bytes.clear();
    return encoded;
  }

  #endRun(): void {
    let left = this.#count;
    this.#count = 0;
    // A bit-packed group that was begun must be filled before a run can follow it.
    if (this.#grouped > 0) left -= this.#pack(Math.min(left, GROUP - this.#grouped));
    if (left < GROUP) {
      this.#pack(left);
      return;
    }
    this.#endPacked();
    this.#bytes.varint(left * 2);
    this.#bytes.uint8(this.#level);
  }

  #pack(count: number): number {
    for (let packed = 0; packed < count; packed++) {
      this.#group |= this.#level << (this.#grouped * this.#bitWidth);
      this.#grouped++;
    }
    if (this.#grouped === GROUP) this.#endGroup();
    return count;
  }

  #endGroup(): void {
    for (let byte = 0; byte < this.#bitWidth; byte++) this.#packed.uint8((this.#group >>> (8 * byte)) & 0xff);
    this.#group = 0;
    this.#grouped = 0;
  }

  #endPacked(): void {
    if (this.#packed.length === 0) return;
    this.#bytes.varint((this.#packed.length / this.#bitWidth) * 2 + 1);
    this.#bytes.bytes(this.#packed.written);
    this.#packed.clear();
  }
}
