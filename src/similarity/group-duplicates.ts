import { Copies, type Copy, type CopyKind } from './find-copies.ts';
import { NearSearch, nearSimilarity } from './near-search.ts';
import type { PieceTable } from './piece-table.ts';

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

/**
 * Groups pieces of which each is a copy of another: the same file, the same notes, transposed or re-timed, or near
 * copies. Time is about linear in the pieces.
 *
 * Near copies of near copies end up in one group, as they must if no pair of copies is to be torn apart; a medley, or a
 * style that a program plays under every tune, would chain any number of songs so. From 32 different pieces on a
 * group therefore takes in, as a near copy, only what is near to its first piece. What is turned away is counted.
 *
 * Copies are joined first, then near ones in order of their index, and none depends on a later one: further pieces never
 * tear a group apart. They can join two groups; the joined one then has the first piece and the key of the earlier.
 */
export function groupDuplicates(table: PieceTable): DuplicateGroups {
  const copies = new Copies(table);
  const groups = new DuplicateGroups(table, copies);
  for (let index = 0; index < table.capacity; index++) {
    const copy = copies.of(index);
    if (copy !== undefined) groups.addCopy(index, copy);
  }
  const others = Uint32Array.from(indicesOf(table, (index) => copies.of(index) === undefined));
  const near = new NearSearch(table, others);
  for (const [place, index] of others.entries()) {
    for (const neighbour of near.of(place)) groups.addNear(index, neighbour);
  }
  return groups;
}

function* indicesOf(table: PieceTable, isMeant: (index: number) => boolean): Generator<number> {
  for (let index = 0; index < table.capacity; index++) if (table.has(index) && isMeant(index)) yield index;
}

/** Groups of pieces, by the index of any member. Pieces that nothing is like are groups of one. */
export class DuplicateGroups {
  /** Near copies that their group would not take. */
  turnedAway = 0;

  readonly #table: PieceTable;
  readonly #copies: Copies;
  /** By index. What is a copy says `#copies`, without an object for each. */
  readonly #nearLinks = new Map<number, DuplicateLink[]>();
  readonly #parent: Uint32Array;
  readonly #size: Uint32Array;
  /** Members that are no exact, same-note or transposed copy. */
  readonly #different: Uint32Array;

  constructor(table: PieceTable, copies: Copies) {
    this.#table = table;
    this.#copies = copies;
    this.#parent = Uint32Array.from({ length: table.capacity }, (_, index) => index);
    this.#size = new Uint32Array(table.capacity).fill(1);
    this.#different = new Uint32Array(table.capacity).fill(1);
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

  /** Pieces in the group. */
  sizeOf(index: number): number {
    return this.#size[this.firstOf(index)] as number;
  }

  /** A name of the group that lasts as long as its first piece keeps its notes: 64 bits of their hash, in hex. */
  keyOf(index: number): string {
    return this.#table.noteHash(this.firstOf(index));
  }

  /** Why each member but the first is in its group, in order of index; one more than once where it joined groups. */
  *links(): Generator<DuplicateLink> {
    for (let index = 0; index < this.#parent.length; index++) yield* this.linksOf(index);
  }

  /** Those of one piece. */
  linksOf(index: number): readonly DuplicateLink[] {
    const copy = this.#copies.of(index);
    return copy === undefined ? (this.#nearLinks.get(index) ?? []) : [{ index, similarity: 1, ...copy }];
  }

  addCopy(index: number, { of }: Copy): void {
    this.#different[index] = 0;
    this.#join(index, of);
  }

  addNear(index: number, { index: of, similarity }: { readonly index: number; readonly similarity: number }): void {
    const left = this.firstOf(index);
    const right = this.firstOf(of);
    if (left === right) return;
    const pieces = (this.#different[left] as number) + (this.#different[right] as number);
    if (pieces > CHAIN_LIMIT && nearSimilarity(this.#table, left, right) === 0) this.turnedAway += 1;
    else {
      this.#join(index, of);
      const links = this.#nearLinks.get(index) ?? [];
      this.#nearLinks.set(index, [...links, { index, of, kind: 'near', similarity }]);
    }
  }

  #join(index: number, of: number): void {
    const left = this.firstOf(index);
    const right = this.firstOf(of);
    const [first, other] = left < right ? [left, right] : [right, left];
    this.#parent[other] = first;
    this.#size[first] = (this.#size[first] as number) + (this.#size[other] as number);
    this.#different[first] = (this.#different[first] as number) + (this.#different[other] as number);
  }
}
