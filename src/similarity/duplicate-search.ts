import type { ByteStore } from './byte-store.ts';
import { Copies } from './copies.ts';
import { DuplicateGroups } from './duplicate-groups.ts';
import { NearSearch, nearSimilarity } from './near-search.ts';
import { PIECE_BYTES } from './piece-bytes.ts';
import { Signatures } from './signatures.ts';

/** What the search puts elsewhere: at most 288 bytes for each different piece. */
export interface SearchStores {
  readonly rows: ByteStore;
  readonly blocks: ByteStore;
}

/**
 * Groups pieces of which each is a copy of another: the same file, the same notes, transposed or re-timed, or near
 * copies. Time is about linear in the pieces; memory is less than 64 bytes for each (`bench/duplicates.ts`), for signatures are in the stores.
 *
 * Near copies of near copies end up in one group, as they must if no pair of copies is to be torn apart; a medley, or a
 * style that a program plays under every tune, would chain any number of songs so. From 32 different pieces on a
 * group therefore takes in, as a near copy, only what is near to its first piece. What is turned away is counted.
 *
 * Copies are joined first, then near ones in order of their index, and none depends on a later one: further pieces never
 * tear a group apart. They can join two groups; the joined one then has the first piece and the key of the earlier.
 */
export class DuplicateSearch {
  readonly #capacity: number;
  readonly #copies: Copies;
  readonly #signatures: Signatures;
  /** The index of each signature's piece, ascending: of pieces that are no copies. */
  readonly #indices: Uint32Array;
  #last = -1;

  /** @param capacity - one more than the highest index. @param stores - empty; needed until `groups` has returned. */
  constructor(capacity: number, { rows, blocks }: SearchStores) {
    this.#capacity = capacity;
    this.#copies = new Copies(capacity);
    this.#signatures = new Signatures(rows, blocks);
    this.#indices = new Uint32Array(capacity);
  }

  /**
   * @param index - higher than the one before.
   * @param packed - of `packPiece`.
   * @throws RangeError for an index or length out of range; what the stores throw.
   */
  add(index: number, packed: Uint8Array): void {
    if (!Number.isInteger(index) || index <= this.#last || index >= this.#capacity) {
      throw new RangeError(`piece ${index} of ${this.#capacity} cannot come after piece ${this.#last}`);
    }
    if (packed.length !== PIECE_BYTES) {
      throw new RangeError(`a packed piece is ${PIECE_BYTES} bytes, not ${packed.length}`);
    }
    this.#last = index;
    if (this.#copies.add(index, packed)) return;
    this.#indices[this.#signatures.count] = index;
    this.#signatures.add(packed);
  }

  /** Ends the search. */
  groups(): DuplicateGroups {
    this.#copies.end();
    const near = new NearSearch(this.#signatures);
    const groups = new DuplicateGroups(this.#capacity, this.#copies);
    const isNear = (left: number, right: number): boolean =>
      nearSimilarity(this.#signatures.compare(this.#placeOf(left), this.#placeOf(right))) > 0;
    for (let place = 0; place < this.#signatures.count; place++) {
      for (const { place: earlier, similarity } of near.of(place)) {
        groups.addNear(this.#indices[place] as number, { of: this.#indices[earlier] as number, similarity, isNear });
      }
    }
    return groups;
  }

  #placeOf(index: number): number {
    let [low, high] = [0, this.#signatures.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#indices[middle] as number) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
