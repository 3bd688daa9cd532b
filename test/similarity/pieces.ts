import { Spool } from '../../src/scratch/spool.ts';
import type { DuplicateGroups } from '../../src/similarity/duplicate-groups.ts';
import { DuplicateSearch } from '../../src/similarity/duplicate-search.ts';
import { BINS } from '../../src/similarity/figure-bins.ts';
import { type Piece, packPiece } from '../../src/similarity/piece-bytes.ts';
import { seededRandom } from '../seeded-random.ts';

/** Pieces of different seeds have nothing in common. */
export function piece(
  seed: number,
  changes: Partial<Piece> & { readonly figures?: Uint16Array; readonly outline?: bigint } = {},
): Piece {
  const { figures = figuresOf(seed), outline = BigInt(seed) * 7_777_777_777n + 1n, ...rest } = changes;
  return { sha256: hexOf(seed, 1), noteHash: hexOf(seed, 2), notes: 100, sketch: { outline, figures }, ...rest };
}

export function figuresOf(seed: number): Uint16Array {
  const random = seededRandom(seed);
  return Uint16Array.from({ length: BINS }, () => 1 + Math.floor(random() * 65_535));
}

/** Another signature that agrees with `figures` in `equal` of the bins. */
export function alike(figures: Uint16Array, equal: number, seed: number): Uint16Array {
  const random = seededRandom(seed);
  const places = Array.from(figures.keys()).sort(() => random() - 0.5);
  const other = figuresOf(seed + 500_000);
  for (const place of places.slice(0, equal)) other[place] = figures[place] ?? 0;
  return other;
}

/** @param memoryBytes - what the stores hold before they use a file. */
export function groupsOf(pieces: readonly (Piece | undefined)[], memoryBytes = 1 << 20): DuplicateGroups {
  const stores = { rows: new Spool(undefined, memoryBytes), blocks: new Spool(undefined, memoryBytes) };
  const search = new DuplicateSearch(pieces.length, stores);
  for (const [index, one] of pieces.entries()) if (one !== undefined) search.add(index, packPiece(one));
  const groups = search.groups();
  stores.rows.close();
  stores.blocks.close();
  return groups;
}

function hexOf(seed: number, salt: number): string {
  const random = seededRandom(seed * 31 + salt);
  return Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('');
}
