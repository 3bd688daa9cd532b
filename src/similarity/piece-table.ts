import { BINS, EMPTY_BIN } from './figure-bins.ts';
import { mixWords } from './mix-words.ts';
import { FILE_HASH_AT, NOTE_HASH_AT, NOTES_AT, OUTLINE_AT, PIECE_BYTES } from './piece-bytes.ts';

const PIECE_WORDS = PIECE_BYTES / 4;
const PIECE_HALVES = PIECE_BYTES / 2;
const NONE = 0xffffffff;
/** Pieces in a block, a power of two: about 700 kB. */
const BLOCK_PIECES = 1 << 12;
const BLOCK_SHIFT = Math.log2(BLOCK_PIECES);

/** A part of a piece that two pieces can have in common, as two words. */
export type PieceKey = 'file' | 'notes' | 'outline';

/** Pieces packed one after the other, and typed arrays over them: little-endian, as every platform of the runtime is. */
interface Block {
  readonly bytes: Uint8Array;
  readonly halves: Uint16Array;
  readonly words: Uint32Array;
}

/**
 * The pieces of a run by their index: 168 bytes for each that is different, and four for each that there is. Copies of a
 * file are common in collections of MIDI, and packed alike. Pieces may come in any order; what is found in them does not
 * depend on it.
 */
export class PieceTable {
  readonly capacity: number;
  /** Where the piece of an index lies among the different ones. */
  readonly #places: Uint32Array;
  readonly #blocks: Block[] = [];
  #different = 0;
  /** Places by the hash of what lies there; at most half of the slots are taken. */
  #slots = new Uint32Array(BLOCK_PIECES).fill(NONE);

  /** @param capacity - one more than the highest index. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.#places = new Uint32Array(capacity).fill(NONE);
  }

  /** @param packed - of `packPiece`. @throws RangeError for an index or length out of range. */
  set(index: number, packed: Uint8Array): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.capacity) {
      throw new RangeError(`a table of ${this.capacity} pieces has no place ${index}`);
    }
    if (packed.length !== PIECE_BYTES)
      throw new RangeError(`a packed piece is ${PIECE_BYTES} bytes, not ${packed.length}`);
    // Written where a new one belongs, and left to be overwritten if it is not new.
    const place = this.#different;
    const block = this.#blockFor(place);
    block.bytes.set(packed, (place % BLOCK_PIECES) * PIECE_BYTES);
    const slot = this.#findSlot(place);
    const known = this.#slots[slot] as number;
    this.#places[index] = known === NONE ? place : known;
    if (known !== NONE) return;
    this.#slots[slot] = place;
    this.#different += 1;
    if (this.#different * 2 > this.#slots.length) this.#growSlots();
  }

  has(index: number): boolean {
    return this.#places[index] !== NONE;
  }

  notes(index: number): number {
    return this.#word(this.#places[index] as number, NOTES_AT);
  }

  /** The first 64 bits of the note hash, in hex. */
  noteHash(index: number): string {
    const [low, high] = this.key(index, 'notes') ?? [0, 0];
    return hex(high) + hex(low);
  }

  /** `undefined` where the piece has no such key: it has no notes, or is too small for an outline. */
  key(index: number, kind: PieceKey): readonly [low: number, high: number] | undefined {
    const place = this.#places[index] as number;
    if (kind === 'outline') {
      const low = this.#word(place, OUTLINE_AT);
      const high = this.#word(place, OUTLINE_AT + 4);
      return low === 0 && high === 0 ? undefined : [low, high];
    }
    const low = this.#word(place, NOTE_HASH_AT);
    if (kind === 'file') return [low, this.#word(place, FILE_HASH_AT)];
    return this.notes(index) === 0 ? undefined : [low, this.#word(place, NOTE_HASH_AT + 4)];
  }

  /** The number in a bin of a piece's signature, `EMPTY_BIN` where there is none. */
  bin(index: number, bin: number): number {
    const place = this.#places[index] as number;
    return this.#block(place).halves[(place % BLOCK_PIECES) * PIECE_HALVES + bin] as number;
  }

  /** In how many bins both pieces have the same figure, and in how many at least one has a figure. */
  compare(left: number, right: number): { readonly equal: number; readonly used: number } {
    const [leftPlace, rightPlace] = [this.#places[left] as number, this.#places[right] as number];
    const { halves } = this.#block(leftPlace);
    const { halves: others } = this.#block(rightPlace);
    const start = (leftPlace % BLOCK_PIECES) * PIECE_HALVES;
    let equal = 0;
    let used = 0;
    for (let a = start, b = (rightPlace % BLOCK_PIECES) * PIECE_HALVES, end = a + BINS; a < end; a++, b++) {
      const first = halves[a] as number;
      const second = others[b] as number;
      if ((first | second) === EMPTY_BIN) continue;
      used += 1;
      if (first === second) equal += 1;
    }
    return { equal, used };
  }

  /** The slot of the piece that is equal to the one at a place, or the free one that it belongs in. */
  #findSlot(place: number): number {
    const mask = this.#slots.length - 1;
    const hash = mixWords(this.#word(place, NOTE_HASH_AT), this.#word(place, FILE_HASH_AT), 0);
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const other = this.#slots[slot] as number;
      if (other === NONE || this.#areEqual(place, other)) return slot;
    }
  }

  #areEqual(place: number, other: number): boolean {
    for (let byte = 0; byte < PIECE_BYTES; byte += 4) {
      if (this.#word(place, byte) !== this.#word(other, byte)) return false;
    }
    return true;
  }

  #growSlots(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2).fill(NONE);
    for (let place = 0; place < this.#different; place++) this.#slots[this.#findSlot(place)] = place;
  }

  #blockFor(place: number): Block {
    if (place >>> BLOCK_SHIFT === this.#blocks.length) {
      const bytes = new Uint8Array(BLOCK_PIECES * PIECE_BYTES);
      this.#blocks.push({ bytes, halves: new Uint16Array(bytes.buffer), words: new Uint32Array(bytes.buffer) });
    }
    return this.#block(place);
  }

  #block(place: number): Block {
    return this.#blocks[place >>> BLOCK_SHIFT] as Block;
  }

  #word(place: number, byte: number): number {
    return this.#block(place).words[(place % BLOCK_PIECES) * PIECE_WORDS + (byte >>> 2)] as number;
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
