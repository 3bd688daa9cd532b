import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSplit } from '../../src/similarity/assign-split.ts';
import { auditSplit } from '../../src/similarity/audit-split.ts';
import type { Piece } from '../../src/similarity/piece-bytes.ts';
import { parseSplitShares, type SplitShare } from '../../src/similarity/split-shares.ts';
import { alike, figuresOf, groupsOf, piece } from './pieces.ts';

const SHARES = sharesOf('train=0.8,validation=0.1,test=0.1');

describe('split shares', () => {
  it('are read in order, and stretched to 1 within rounding', () => {
    expect(sharesOf(' train = 0.9 , test=0.1')).toEqual([
      { name: 'train', share: 0.9 },
      { name: 'test', share: 0.1 },
    ]);
    expect(sharesOf('a=0.333,b=0.333,c=0.333').map(({ share }) => share)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  it.each([
    'train',
    'train=',
    'train=0',
    'train=-1',
    'train=2',
    'train=abc',
    'train=0.5',
    'train=0.5,test=0.6',
    'train=0.5,Train=0.5',
    'all=1',
    'tr ain=1',
    '../x=1',
    'train-0=1',
    '=1',
    '',
    'train=1=1',
    'train=1,',
  ])('refuse %j and say what would do', (text) => {
    expect(parseSplitShares(text)).toEqual({ ok: false, expected: expect.stringMatching(/./) });
  });
});

describe('a split', () => {
  it('depends on seed and key alone, and follows the shares', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const split = assignSplit(`key ${i}`, 7, SHARES);
      expect(assignSplit(`key ${i}`, 7, SHARES)).toBe(split);
      counts.set(split, (counts.get(split) ?? 0) + 1);
    }
    expect((counts.get('train') ?? 0) / 20_000).toBeCloseTo(0.8, 1);
    expect((counts.get('test') ?? 0) / 20_000).toBeCloseTo(0.1, 1);
    const moved = Array.from(
      { length: 1000 },
      (_, i) => assignSplit(`key ${i}`, 7, SHARES) !== assignSplit(`key ${i}`, 8, SHARES),
    );
    expect(moved.filter(Boolean).length).toBeGreaterThan(200);
  });

  it('never crosses a group', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 80 }), fc.nat(), (families, seed) => {
        const pieces = families.map((family, at) => piece(1000 + at, { figures: alike(figuresOf(family), 50, at) }));
        const splits = splitsOf(pieces, seed);
        const audit = auditSplit(groupsOf(pieces), pieces.length, (index) => splits[index]);
        expect(audit).toMatchObject({ leakingGroups: 0, leaks: [] });
      }),
    );
  });

  it('stays when pairs are added, unless one of them joins two groups', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.array(fc.nat(40)), fc.nat(), (families, added, seed) => {
        const make = (family: number, at: number) => piece(1000 + at, { figures: alike(figuresOf(family), 60, at) });
        const before = families.map(make);
        const after = [...before, ...added.map((family, at) => make(family, at + before.length))];
        expect(splitsOf(after, seed).slice(0, before.length)).toEqual(splitsOf(before, seed));
      }),
    );
  });

  it('of two groups that a new pair joins becomes that of the group that began first', () => {
    // Half of its bins are those of the one, most others those of the other.
    const bridge = alike(figuresOf(1), 36, 4);
    for (const [at, bin] of figuresOf(2).entries())
      if (bridge[at] !== figuresOf(1)[at] && at % 8 !== 0) bridge[at] = bin;
    const old = [piece(1), piece(2), piece(3)];
    for (let seed = 0; seed < 50; seed++) {
      const [first, , third] = splitsOf(old, seed);
      expect(splitsOf([...old, piece(4, { figures: bridge })], seed)).toEqual([first, first, third, first]);
    }
  });
});

function sharesOf(text: string): readonly SplitShare[] {
  const parsed = parseSplitShares(text);
  if (!parsed.ok) throw new Error(parsed.expected);
  return parsed.shares;
}

function splitsOf(pieces: readonly Piece[], seed: number): string[] {
  const groups = groupsOf(pieces);
  return pieces.map((_, index) => assignSplit(groups.keyOf(index), seed, SHARES));
}
