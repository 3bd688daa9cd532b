import { BINS } from '../../src/similarity/figure-bins.ts';
import { type Piece, packPiece } from '../../src/similarity/piece-bytes.ts';
import { PieceTable } from '../../src/similarity/piece-table.ts';
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

export function tableOf(pieces: readonly Piece[], order: readonly number[] = [...pieces.keys()]): PieceTable {
  const table = new PieceTable(pieces.length);
  for (const index of order) {
    const one = pieces[index];
    if (one !== undefined) table.set(index, packPiece(one));
  }
  return table;
}

function hexOf(seed: number, salt: number): string {
  const random = seededRandom(seed * 31 + salt);
  return Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('');
}
