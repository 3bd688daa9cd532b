import type { Copies, CopyKind } from './copies.ts';
import { NearLinks } from './near-links.ts';

export type DuplicateKind = CopyKind | 'near';

/** Why a piece belongs to the group of an earlier one. */
export interface DuplicateLink {
  readonly index: number;
  readonly of: number;
  readonly kind: DuplicateKind;
  /** 1 where the notes are the same but for key and timing; else the estimated share of equal figures. */
  readonly similarity: number;
}

/** Up to this many different pieces a group takes in whatever is near to any of them. */
const CHAIN_LIMIT = 32;
const MOST_COUNTED = 0xff;

/** A near copy as it is found. `isNear` says whether two pieces that are no copies are near to each other. */
export interface FoundNear {
  readonly of: number;
  readonly similarity: number;
  readonly isNear: (left: number, right: number) => boolean;
}

/**
 * Groups of pieces, by the index of any member. Pieces that nothing is like are groups of one. Holds 9 bytes for each piece and 12
 * for each near link besides what `Copies` does.
 */
export class DuplicateGroups {
  /** One more than the highest index. */
  readonly capacity: number;
  /** Near copies that their group would not take. */
  turnedAway = 0;

  readonly #copies: Copies;
  readonly #nearLinks = new NearLinks();
  readonly #parent: Uint32Array;
  readonly #size: Uint32Array;
  /** Members that are no exact, same-note or transposed copy, as far as a byte counts. */
  readonly #different: Uint8Array;

  constructor(capacity: number, copies: Copies) {
    this.capacity = capacity;
    this.#copies = copies;
    this.#parent = new Uint32Array(capacity);
    for (let index = 0; index < capacity; index++) this.#parent[index] = index;
    this.#size = new Uint32Array(capacity).fill(1);
    this.#different = new Uint8Array(capacity).fill(1);
    for (let index = 0; index < capacity; index++) {
      const copy = copies.of(index);
      if (copy === undefined) continue;
      this.#different[index] = 0;
      this.#join(index, copy.of);
    }
  }

  /** Index of the first piece of the group. */
  firstOf(index: number): number {
    let at = index;
    for (let up = this.#parent[at] as number; up !== at; up = this.#parent[at] as number) {
      this.#parent[at] = this.#parent[up] as number;
      at = up;
    }
    return at;
  }

  /** The first piece of those that have the same file or the same notes as this one. */
  firstOfNotes(index: number): number {
    for (let at = index; ; ) {
      const copy = this.#copies.of(at);
      if (copy === undefined || copy.kind === 'transposed') return at;
      at = copy.of;
    }
  }

  /** Pieces in the group. */
  sizeOf(index: number): number {
    return this.#size[this.firstOf(index)] as number;
  }

  /** A name of the group that lasts as long as its first piece keeps its notes: 64 bits of their hash, in hex. */
  keyOf(index: number): string {
    return this.#copies.noteHash(this.firstOf(index));
  }

  /** Notes of one piece. */
  notesOf(index: number): number {
    return this.#copies.notes(index);
  }

  /** Why each member but the first is in its group, in order of index; one more than once where it joined groups. */
  *links(): Generator<DuplicateLink> {
    for (let index = 0; index < this.capacity; index++) yield* this.linksOf(index);
  }

  /** Those of one piece. */
  linksOf(index: number): readonly DuplicateLink[] {
    const copy = this.#copies.of(index);
    if (copy !== undefined) return [{ index, similarity: 1, ...copy }];
    return this.#nearLinks.of(index).map((link) => ({ index, kind: 'near', ...link }));
  }

  /** To be called in order of index. */
  addNear(index: number, { of, similarity, isNear }: FoundNear): void {
    const left = this.firstOf(index);
    const right = this.firstOf(of);
    if (left === right) return;
    const pieces = (this.#different[left] as number) + (this.#different[right] as number);
    if (pieces > CHAIN_LIMIT && !isNear(left, right)) this.turnedAway += 1;
    else {
      this.#join(index, of);
      this.#nearLinks.add(index, { of, similarity });
    }
  }

  #join(index: number, of: number): void {
    const left = this.firstOf(index);
    const right = this.firstOf(of);
    const [first, other] = left < right ? [left, right] : [right, left];
    this.#parent[other] = first;
    this.#size[first] = (this.#size[first] as number) + (this.#size[other] as number);
    const different = (this.#different[first] as number) + (this.#different[other] as number);
    this.#different[first] = Math.min(different, MOST_COUNTED);
  }
}
