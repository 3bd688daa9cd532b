import { BINS, EMPTY_BIN } from './figure-bins.ts';
import { FILE_HASH_AT, NOTE_HASH_AT, NOTES_AT, OUTLINE_AT, PIECE_BYTES } from './piece-bytes.ts';

const PIECE_WORDS = PIECE_BYTES / 4;
const PIECE_HALVES = PIECE_BYTES / 2;

/** A part of a piece that two pieces can have in common, as two words. */
export type PieceKey = 'file' | 'notes' | 'outline';

/**
 * The pieces of a run by their index, packed one after the other: 168 bytes a piece. They may come in any order; what
 * is found in them does not depend on it. Typed arrays lie over the bytes, which are little-endian as every platform of
 * the runtime is.
 */
export class PieceTable {
  readonly capacity: number;
  readonly #bytes: Uint8Array;
  readonly #halves: Uint16Array;
  readonly #words: Uint32Array;
  readonly #present: Uint8Array;

  /** @param capacity - one more than the highest index. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.#bytes = new Uint8Array(capacity * PIECE_BYTES);
    this.#halves = new Uint16Array(this.#bytes.buffer);
    this.#words = new Uint32Array(this.#bytes.buffer);
    this.#present = new Uint8Array(capacity);
  }

  /** @param packed - of `packPiece`. @throws RangeError for an index or length out of range. */
  set(index: number, packed: Uint8Array): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.capacity) {
      throw new RangeError(`a table of ${this.capacity} pieces has no place ${index}`);
    }
    if (packed.length !== PIECE_BYTES)
      throw new RangeError(`a packed piece is ${PIECE_BYTES} bytes, not ${packed.length}`);
    this.#bytes.set(packed, index * PIECE_BYTES);
    this.#present[index] = 1;
  }

  has(index: number): boolean {
    return this.#present[index] === 1;
  }

  notes(index: number): number {
    return this.#word(index, NOTES_AT);
  }

  /** The first 64 bits of the note hash, in hex. */
  noteHash(index: number): string {
    const [low, high] = this.key(index, 'notes') ?? [0, 0];
    return hex(high) + hex(low);
  }

  /** `undefined` where the piece has no such key: it has no notes, or is too small for an outline. */
  key(index: number, kind: PieceKey): readonly [low: number, high: number] | undefined {
    if (kind === 'outline') {
      const low = this.#word(index, OUTLINE_AT);
      const high = this.#word(index, OUTLINE_AT + 4);
      return low === 0 && high === 0 ? undefined : [low, high];
    }
    const low = this.#word(index, NOTE_HASH_AT);
    if (kind === 'file') return [low, this.#word(index, FILE_HASH_AT)];
    return this.notes(index) === 0 ? undefined : [low, this.#word(index, NOTE_HASH_AT + 4)];
  }

  /** The number in a bin of a piece's signature, `EMPTY_BIN` where there is none. */
  bin(index: number, bin: number): number {
    return this.#halves[index * PIECE_HALVES + bin] as number;
  }

  /** In how many bins both pieces have the same figure, and in how many at least one has a figure. */
  compare(left: number, right: number): { readonly equal: number; readonly used: number } {
    const halves = this.#halves;
    let equal = 0;
    let used = 0;
    for (let a = left * PIECE_HALVES, b = right * PIECE_HALVES, end = a + BINS; a < end; a++, b++) {
      const first = halves[a] as number;
      const second = halves[b] as number;
      if ((first | second) === EMPTY_BIN) continue;
      used += 1;
      if (first === second) equal += 1;
    }
    return { equal, used };
  }

  #word(index: number, byte: number): number {
    return this.#words[index * PIECE_WORDS + (byte >>> 2)] as number;
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
