import { FirstHolders } from './first-holders.ts';
import { FILE_HASH_AT, NOTE_HASH_AT, NOTES_AT, OUTLINE_AT } from './piece-bytes.ts';

/** How a piece is a copy of another without any estimate, the strongest bond first. */
const KINDS = ['exact', 'notes', 'transposed'] as const;
export type CopyKind = (typeof KINDS)[number];

export interface Copy {
  /** The first piece by index that this one is a copy of. */
  readonly of: number;
  readonly kind: CopyKind;
}

/**
 * What is known of each piece without looking at its figures: its notes, and which earlier one is the same file, has the same
 * notes, or the same notes but for key and timing. Holds 17 bytes a piece; 12 more and some 18 for each different one until all
 * are added. What is found does not depend on later pieces.
 */
export class Copies {
  readonly #notes: Uint32Array;
  readonly #noteHashLow: Uint32Array;
  readonly #noteHashHigh: Uint32Array;
  /** Index of the piece that this is a copy of, and its bond: a place in `KINDS` plus one, 0 for none. */
  readonly #of: Uint32Array;
  readonly #bond: Uint8Array;
  #adding: Adding | undefined;

  /** @param capacity - one more than the highest index. */
  constructor(capacity: number) {
    // Memory that is not written to yet costs nothing: a column may be as long as it can get.
    this.#notes = new Uint32Array(capacity);
    this.#noteHashLow = new Uint32Array(capacity);
    this.#noteHashHigh = new Uint32Array(capacity);
    this.#of = new Uint32Array(capacity);
    this.#bond = new Uint8Array(capacity);
    this.#adding = new Adding(capacity, this.#noteHashLow, this.#noteHashHigh);
  }

  /** @param packed - of `packPiece`. @returns whether it is a copy of an earlier one. */
  add(index: number, packed: Uint8Array): boolean {
    if (this.#adding === undefined) throw new Error('a piece was added after the last one');
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    this.#notes[index] = view.getUint32(NOTES_AT, true);
    this.#noteHashLow[index] = view.getUint32(NOTE_HASH_AT, true);
    this.#noteHashHigh[index] = view.getUint32(NOTE_HASH_AT + 4, true);
    for (const [bond, holder] of this.#adding.holdersOf(index, view).entries()) {
      if (holder === index || this.#bond[index] !== 0) continue;
      this.#of[index] = holder;
      this.#bond[index] = bond + 1;
    }
    return this.#bond[index] !== 0;
  }

  /** Gives back what only adding needs. */
  end(): void {
    this.#adding = undefined;
  }

  /** `undefined` for a piece that no earlier one is like but for its figures. */
  of(index: number): Copy | undefined {
    const kind = KINDS[(this.#bond[index] ?? 0) - 1];
    return kind === undefined ? undefined : { of: this.#of[index] as number, kind };
  }

  notes(index: number): number {
    return this.#notes[index] as number;
  }

  /** The first 64 bits of the note hash, in hex; zeros for a piece without notes. */
  noteHash(index: number): string {
    if (this.#notes[index] === 0) return '0'.repeat(16);
    return hex(this.#noteHashHigh[index] as number) + hex(this.#noteHashLow[index] as number);
  }
}

/** The keys of pieces while they are added, and who had each first. */
class Adding {
  readonly #fileHash: Uint32Array;
  readonly #outlineLow: Uint32Array;
  readonly #outlineHigh: Uint32Array;
  readonly #files: FirstHolders;
  readonly #notes: FirstHolders;
  readonly #outlines: FirstHolders;
  readonly #holders = new Array<number>(KINDS.length).fill(0);

  constructor(capacity: number, noteHashLow: Uint32Array, noteHashHigh: Uint32Array) {
    this.#fileHash = new Uint32Array(capacity);
    this.#outlineLow = new Uint32Array(capacity);
    this.#outlineHigh = new Uint32Array(capacity);
    this.#files = new FirstHolders(noteHashLow, this.#fileHash);
    this.#notes = new FirstHolders(noteHashLow, noteHashHigh);
    this.#outlines = new FirstHolders(this.#outlineLow, this.#outlineHigh);
  }

  /** By bond the first holder of the piece's key; the piece itself where it has none: no notes, or too small for an outline. */
  holdersOf(index: number, view: DataView): readonly number[] {
    const outlineLow = view.getUint32(OUTLINE_AT, true);
    const outlineHigh = view.getUint32(OUTLINE_AT + 4, true);
    this.#fileHash[index] = view.getUint32(FILE_HASH_AT, true);
    this.#outlineLow[index] = outlineLow;
    this.#outlineHigh[index] = outlineHigh;
    this.#holders[0] = this.#files.enter(index);
    this.#holders[1] = view.getUint32(NOTES_AT, true) === 0 ? index : this.#notes.enter(index);
    this.#holders[2] = outlineLow === 0 && outlineHigh === 0 ? index : this.#outlines.enter(index);
    return this.#holders;
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
