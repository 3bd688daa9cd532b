import { describe, expect, it } from 'vitest';
import { judged } from '../../src/claims/agreement.ts';
import { Piece } from '../../src/claims/piece.ts';
import { readClaims } from '../../src/claims/read-claims.ts';
import { type Shift, ShiftFinder } from '../../src/claims/shift-finder.ts';
import { seededRandom } from '../seeded-random.ts';
import { piece as factsOf, inKey } from './piece.ts';

interface MadePair {
  readonly caption: string;
  readonly piece: Piece;
}

/** Pairs whose captions are true. */
function madePairs(count: number, seed: number): readonly MadePair[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const [tonic, isMinor, tempo] = [Math.floor(random() * 12), random() < 0.5, 60 + Math.floor(random() * 100)];
    const key = inKey(tonic, isMinor);
    return {
      caption: `A piece in ${key.key} at ${tempo} BPM.`,
      piece: new Piece(factsOf({ ...key, tempo_bpm: tempo })),
    };
  });
}

/** @param captionOf - for each row the pair whose caption it has. */
function shiftsOf(pairs: readonly MadePair[], captionOf: (row: number) => number): readonly Shift[] {
  const finder = new ShiftFinder();
  for (const [index, { piece }] of pairs.entries()) {
    const { caption = '' } = pairs[captionOf(index)] ?? {};
    const claims = readClaims(caption);
    finder.add({ index, claims: claims ?? [], piece }, judged(caption, claims, piece));
  }
  return finder.end();
}

describe('shifted rows', () => {
  it.each([
    [20, 1],
    [20, -5],
    [300, 2],
    [300, -10],
  ])('%i of them, by %i, are found with their ends', (length, distance) => {
    const pairs = madePairs(900, 7);
    const [found, ...others] = shiftsOf(pairs, (row) => (row >= 400 && row < 400 + length ? row - distance : row));
    expect(others).toEqual([]);
    expect(found?.offset).toBe(-distance);
    expect(Math.abs((found?.first ?? 0) - 400)).toBeLessThanOrEqual(5);
    expect(Math.abs((found?.last ?? 0) - (399 + length))).toBeLessThanOrEqual(5);
  });

  it('to the end of the manifest are one stretch, however many', () => {
    const pairs = madePairs(6000, 3);
    expect(shiftsOf(pairs, (row) => (row >= 1000 ? row - 1 : row))).toMatchObject([{ offset: -1, last: 5999 }]);
  });

  it('that fit nothing near agree by chance', () => {
    const pairs = madePairs(900, 5);
    const far = (row: number): number => (row >= 300 && row < 500 ? row + 300 : row);
    expect(shiftsOf(pairs, far)).toMatchObject([{ offset: null }]);
  });

  it('are not found where captions are in order, also a few wrong ones among them', () => {
    for (let seed = 0; seed < 10; seed++) {
      const pairs = madePairs(500, seed);
      expect(shiftsOf(pairs, (row) => row)).toEqual([]);
      expect(shiftsOf(pairs, (row) => (row % 10 === 3 ? (row * 7) % 500 : row))).toEqual([]);
    }
  });

  it('are not found in a sorted manifest, nor where all captions are nearly equal', () => {
    const pairs = [...madePairs(500, 1)];
    const sorted = pairs.sort((a, b) => a.piece.facts.tempo_bpm - b.piece.facts.tempo_bpm);
    expect(shiftsOf(sorted, (row) => row)).toEqual([]);
    const alike = pairs.map(() => ({ caption: 'In C major at 100 BPM.', piece: new Piece(factsOf()) }));
    expect(shiftsOf(alike, (row) => Math.max(0, row - 1))).toEqual([]);
  });
});
