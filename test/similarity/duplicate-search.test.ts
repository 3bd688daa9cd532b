import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Spool } from '../../src/scratch/spool.ts';
import { DuplicateSearch } from '../../src/similarity/duplicate-search.ts';
import { BINS } from '../../src/similarity/figure-bins.ts';
import { type Piece, packPiece } from '../../src/similarity/piece-bytes.ts';
import { seededRandom } from '../seeded-random.ts';
import { alike, figuresOf, groupsOf, piece } from './pieces.ts';
import { plainLinks } from './plain-links.ts';

describe('pieces are grouped', () => {
  it('by file, by notes, by outline and by figures, and each link says why', () => {
    const original = piece(1);
    const { sketch } = original;
    const pieces = [
      original,
      piece(2),
      original,
      piece(3, { noteHash: original.noteHash, sketch }),
      piece(4, { sketch: { outline: sketch.outline, figures: figuresOf(9) } }),
      piece(5, { figures: alike(sketch.figures, 40, 5) }),
      piece(6),
    ];
    const groups = groupsOf(pieces);
    expect([...groups.links()]).toEqual([
      { index: 2, of: 0, kind: 'exact', similarity: 1 },
      { index: 3, of: 0, kind: 'notes', similarity: 1 },
      { index: 4, of: 0, kind: 'transposed', similarity: 1 },
      { index: 5, of: 0, kind: 'near', similarity: expect.closeTo(40 / BINS, 6) },
    ]);
    expect(pieces.map((_, index) => groups.firstOf(index))).toEqual([0, 1, 0, 0, 0, 0, 6]);
    expect(groups.sizeOf(5)).toBe(5);
    expect(groups.keyOf(5)).toBe(original.noteHash.slice(0, 16));
  });

  it('but not below the least similarity, nor where too few bins are used to tell', () => {
    const figures = figuresOf(1);
    const few = figures.map((bin, at) => (at < 7 ? bin : 0));
    expect(linksOf([piece(1), piece(2, { figures: alike(figures, 18, 2) })])).toEqual([]);
    expect(linksOf([piece(1, { figures: few }), piece(2, { figures: few })])).toEqual([]);
  });

  it('and every pair above it is found, but for about one in ten thousand', () => {
    const pairs = 1000;
    const pieces = Array.from({ length: pairs }, (_, i) => [
      piece(2 * i),
      piece(2 * i + 1, { figures: alike(figuresOf(2 * i), 22, i) }),
    ]);
    expect(linksOf(pieces.flat()).length).toBeGreaterThanOrEqual(pairs - 1);
  });

  it('whatever indices have no piece', () => {
    const pieces = [undefined, piece(1), undefined, undefined, piece(1)];
    expect([...groupsOf(pieces).links()]).toEqual([{ index: 4, of: 1, kind: 'exact', similarity: 1 }]);
  });

  it('but only in order, and whole', () => {
    const search = new DuplicateSearch(5, { rows: new Spool(), blocks: new Spool() });
    search.add(2, packPiece(piece(1)));
    for (const index of [2, 1, 5, 2.5]) expect(() => search.add(index, packPiece(piece(1)))).toThrow(RangeError);
    expect(() => search.add(3, new Uint8Array(3))).toThrow(RangeError);
  });
});

describe('pieces that say nothing', () => {
  it('are no copies of each other: no notes, no outline, no figures', () => {
    const empty = (seed: number) =>
      piece(seed, { notes: 0, noteHash: piece(0).noteHash, outline: 0n, figures: new Uint16Array(BINS) });
    expect(linksOf([empty(1), empty(2), empty(3)])).toEqual([]);
    expect(linksOf([empty(1), empty(1)])).toEqual([{ index: 1, of: 0, kind: 'exact', similarity: 1 }]);
  });

  it('cost no square of time, in buckets of ten thousand, and chain nothing', () => {
    // All share the same six figures, in all bands that these bins are in.
    const shared = figuresOf(0).subarray(0, 6);
    const pieces = Array.from({ length: 10_000 }, (_, i) => {
      const figures = figuresOf(i + 1);
      figures.set(shared);
      return piece(i, { figures });
    });
    const start = performance.now();
    expect([...groupsOf(pieces).links()]).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a chain of near copies', () => {
  /** Each agrees with the one before in half of the bins, in other ones each time. */
  function chain(length: number): Piece[] {
    let figures = figuresOf(0);
    return Array.from({ length }, (_, i) => {
      if (i > 0) figures = alike(figures, 36, i);
      return piece(i, { figures });
    });
  }

  it('is one group while it is short', () => {
    expect(groupsOf(chain(20)).sizeOf(0)).toBe(20);
  });

  it('does not grow without end', () => {
    const groups = groupsOf(chain(400));
    const largest = Math.max(...Array.from({ length: 400 }, (_, index) => groups.sizeOf(index)));
    expect(largest).toBeLessThan(50);
    expect(groups.turnedAway).toBeGreaterThan(0);
  });

  it('is no limit for what is all near to one piece', () => {
    const pieces = [
      piece(0),
      ...Array.from({ length: 300 }, (_, i) => piece(i + 1, { figures: alike(figuresOf(0), 45, i + 1) })),
    ];
    expect(groupsOf(pieces).sizeOf(0)).toBe(301);
  });
});

/** Pieces of a few families in any order: copies, near copies and strangers. */
const families = fc.array(
  fc.record({
    family: fc.nat(5),
    equal: fc.nat(BINS),
    kind: fc.constantFrom('exact', 'notes', 'transposed', 'near', 'near'),
  }),
  { maxLength: 40 },
);
const someFamilies = families.map((members) =>
  members.map(({ family, equal, kind }, at): Piece => {
    const origin = piece(family);
    const seed = 1000 + at;
    if (kind === 'exact') return origin;
    if (kind === 'notes') return piece(seed, { noteHash: origin.noteHash, sketch: origin.sketch });
    if (kind === 'transposed') return piece(seed, { sketch: origin.sketch });
    return piece(seed, { figures: alike(origin.sketch.figures, equal, seed) });
  }),
);

describe('for any collection', () => {
  it('links are those of the plain rule, whatever lies in a file', () => {
    fc.assert(
      fc.property(someFamilies, fc.integer({ min: 1, max: 4000 }), (pieces, memoryBytes) => {
        expect([...groupsOf(pieces, memoryBytes).links()]).toEqual(plainLinks(pieces));
      }),
    );
  });

  it('and so they are where thousands are sorted, cached and spilled', () => {
    const random = seededRandom(5);
    const pieces: Piece[] = [];
    for (let index = 0; index < 5000; index++) {
      const origin = pieces[index - 1 - Math.floor(random() * 60)]?.sketch.figures;
      const equal = Math.floor(random() * BINS);
      const isNear = origin !== undefined && index % 3 === 0;
      pieces.push(piece(index, isNear ? { figures: alike(origin, equal, index) } : {}));
    }
    const links = plainLinks(pieces);
    expect(links.length).toBeGreaterThan(500);
    expect([...groupsOf(pieces, 100_000).links()]).toEqual(links);
  });

  it('pieces added at the end tear no group apart and change no link', () => {
    fc.assert(
      fc.property(someFamilies, someFamilies, (pieces, added) => {
        const links = linksOf([...pieces, ...added]);
        expect(links.filter(({ index }) => index < pieces.length)).toEqual(linksOf(pieces));
      }),
    );
  });

  it('the first piece of a group is its member of the least index, and sizes add up', () => {
    fc.assert(
      fc.property(someFamilies, (pieces) => {
        const groups = groupsOf(pieces);
        const members = new Map<number, number[]>();
        for (const index of pieces.keys()) {
          const first = groups.firstOf(index);
          members.set(first, [...(members.get(first) ?? []), index]);
        }
        for (const [first, indices] of members) {
          expect(first).toBe(Math.min(...indices));
          expect(groups.sizeOf(first)).toBe(indices.length);
        }
        expect([...groups.links()]).toHaveLength(pieces.length - members.size);
      }),
    );
  });
});

function linksOf(pieces: readonly Piece[]) {
  return [...groupsOf(pieces).links()];
}
