import { mixWords } from './mix-words.ts';
import type { PieceKey, PieceTable } from './piece-table.ts';

/** How a piece is a copy of another without any estimate. */
export type CopyKind = 'exact' | 'notes' | 'transposed';

export interface Copy {
  /** The first piece by index that this one is a copy of. */
  readonly of: number;
  readonly kind: CopyKind;
}

/** What a copy has in common with the first, the strongest bond first. */
const BONDS: readonly (readonly [CopyKind, PieceKey])[] = [
  ['exact', 'file'],
  ['notes', 'notes'],
  ['transposed', 'outline'],
];
const NONE = 0xffffffff;

/** Which pieces are copies: of the same file, the same notes, or the same notes but for key and timing. Linear. */
export class Copies {
  readonly #of: Uint32Array;
  readonly #bond: Uint8Array;

  constructor(table: PieceTable) {
    this.#of = new Uint32Array(table.capacity).fill(NONE);
    this.#bond = new Uint8Array(table.capacity);
    for (const [bond, [, key]] of BONDS.entries()) this.#findFirstHolders(table, key, bond);
  }

  /** `undefined` for a piece that no earlier one is like. */
  of(index: number): Copy | undefined {
    const first = this.#of[index] ?? NONE;
    const kind = BONDS[this.#bond[index] ?? 0]?.[0];
    return first === NONE || kind === undefined ? undefined : { of: first, kind };
  }

  #findFirstHolders(table: PieceTable, kind: PieceKey, bond: number): void {
    const holders = new Uint32Array(2 ** (33 - Math.clz32(table.capacity))).fill(NONE);
    for (let index = 0; index < table.capacity; index++) {
      const key = table.has(index) ? table.key(index, kind) : undefined;
      if (key === undefined) continue;
      const slot = findSlot(holders, key, (holder) => table.key(holder, kind));
      const holder = holders[slot] as number;
      if (holder === NONE) holders[slot] = index;
      else if (this.#of[index] === NONE) {
        this.#of[index] = holder;
        this.#bond[index] = bond;
      }
    }
  }
}

/** The slot of the piece that holds a key, or the free one that it belongs in; at most half of them are taken. */
function findSlot(
  holders: Uint32Array,
  [low, high]: readonly [number, number],
  keyOf: (index: number) => readonly [number, number] | undefined,
): number {
  const mask = holders.length - 1;
  for (let slot = mixWords(low, high, 0) & mask; ; slot = (slot + 1) & mask) {
    const holder = holders[slot] as number;
    if (holder === NONE) return slot;
    const held = keyOf(holder);
    if (held !== undefined && held[0] === low && held[1] === high) return slot;
  }
}
