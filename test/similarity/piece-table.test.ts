import { expect, it } from 'vitest';
import { packPiece } from '../../src/similarity/piece-bytes.ts';
import { PieceTable } from '../../src/similarity/piece-table.ts';
import { piece } from './pieces.ts';

it('gives every index its own piece, however many there are and however often each occurs', () => {
  const different = Array.from({ length: 9_000 }, (_, seed) => packPiece(piece(seed, { notes: seed + 1 })));
  const table = new PieceTable(3 * different.length);
  const seedOf = (index: number): number => (index * 7) % different.length;
  for (let index = 0; index < table.capacity; index += 2)
    table.set(index, different[seedOf(index)] ?? new Uint8Array());

  const wrong = Array.from({ length: table.capacity }, (_, index) => index).filter((index) => {
    const isThere = index % 2 === 0;
    if (!isThere || !table.has(index)) return isThere !== table.has(index);
    const { equal, used } = table.compare(index, (index + 2 * different.length) % table.capacity);
    return table.notes(index) !== seedOf(index) + 1 || equal !== used;
  });
  expect(wrong).toEqual([]);
});

it('takes a piece again at an index that has one', () => {
  const table = new PieceTable(2);
  for (const seed of [1, 2, 1]) table.set(0, packPiece(piece(seed, { notes: seed })));
  table.set(1, packPiece(piece(2, { notes: 2 })));
  expect([table.notes(0), table.notes(1)]).toEqual([1, 2]);
});
