import type { ByteStore } from './byte-store.ts';
import { compareSignatures } from './compare-signatures.ts';
import { BINS, EMPTY_BIN } from './figure-bins.ts';

const HALF_BYTES = 2;
const ROW_BYTES = BINS * HALF_BYTES;
/** Signatures in a block, bin after bin. */
const BLOCK_ROWS = 1024;
const BIN_BYTES = BLOCK_ROWS * HALF_BYTES;
/** Signatures that were looked at lately, by the low bits of their place: 600 kB. */
const CACHED_ROWS = 4096;

/**
 * Signatures by their place, twice: one after the other, to compare two of them, and bin after bin, to look through a band of
 * all. Both lie in stores; here are the last block and a cache. Little-endian, as every platform of the runtime is.
 */
export class Signatures {
  #count = 0;
  readonly #rows: ByteStore;
  readonly #blocks: ByteStore;
  /** The block that is not full yet. */
  readonly #block = new Uint16Array(BINS * BLOCK_ROWS);
  readonly #bin = new Uint16Array(BLOCK_ROWS);
  readonly #row = new Uint16Array(BINS);
  /** The last row is for a signature whose slot the other one of a comparison has. */
  readonly #cache = new Uint16Array((CACHED_ROWS + 1) * BINS);
  /** Place plus one of what a slot of the cache holds. */
  readonly #cached = new Uint32Array(CACHED_ROWS + 1);

  /** @param rows,blocks - empty stores. */
  constructor(rows: ByteStore, blocks: ByteStore) {
    this.#rows = rows;
    this.#blocks = blocks;
  }

  get count(): number {
    return this.#count;
  }

  /** @param packed - begins with the signature. */
  add(packed: Uint8Array): void {
    const bytes = packed.subarray(0, ROW_BYTES);
    this.#rows.append(bytes);
    bytesOf(this.#row).set(bytes);
    const at = this.#count % BLOCK_ROWS;
    for (let bin = 0; bin < BINS; bin++) this.#block[bin * BLOCK_ROWS + at] = this.#row[bin] as number;
    this.#count += 1;
    if (at === BLOCK_ROWS - 1) this.#blocks.append(bytesOf(this.#block));
  }

  /** For each place what it has in two neighbouring bins, as one number; 0 where a figure is missing. */
  readBand(band: number, keys: Uint32Array): void {
    for (let first = 0, block = 0; first < this.#count; first += BLOCK_ROWS, block++) {
      const rows = Math.min(BLOCK_ROWS, this.#count - first);
      const high = this.#readBin(block, band);
      for (let at = 0; at < rows; at++) keys[first + at] = high[at] as number;
      const low = this.#readBin(block, (band + 1) % BINS);
      for (let at = 0; at < rows; at++) {
        const other = keys[first + at] as number;
        const isWhole = other !== EMPTY_BIN && low[at] !== EMPTY_BIN;
        keys[first + at] = isWhole ? other * 2 ** 16 + (low[at] as number) : 0;
      }
    }
  }

  /** As `compareSignatures`. */
  compare(left: number, right: number): number {
    const leftSlot = this.#load(left, left % CACHED_ROWS);
    const rightSlot = this.#load(right, right % CACHED_ROWS === leftSlot ? CACHED_ROWS : right % CACHED_ROWS);
    return compareSignatures(this.#cache, leftSlot * BINS, this.#cache, rightSlot * BINS);
  }

  #load(place: number, slot: number): number {
    if (this.#cached[slot] === place + 1) return slot;
    this.#rows.read(place * ROW_BYTES, bytesOf(this.#cache.subarray(slot * BINS, (slot + 1) * BINS)));
    this.#cached[slot] = place + 1;
    return slot;
  }

  #readBin(block: number, bin: number): Uint16Array {
    if (block === Math.floor(this.#count / BLOCK_ROWS)) {
      return this.#block.subarray(bin * BLOCK_ROWS, (bin + 1) * BLOCK_ROWS);
    }
    this.#blocks.read((block * BINS + bin) * BIN_BYTES, bytesOf(this.#bin));
    return this.#bin;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
