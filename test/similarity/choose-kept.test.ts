import { describe, expect, it } from 'vitest';
import { chooseKept, type Dedupe, type KeptOptions } from '../../src/similarity/choose-kept.ts';
import { duplicateRow } from '../../src/similarity/duplicate-row.ts';
import { alike, figuresOf, groupsOf, piece } from './pieces.ts';

const first = piece(1);
const sameNotes = piece(2, { noteHash: first.noteHash, sketch: first.sketch });
const near = piece(3, { figures: alike(figuresOf(1), 50, 3), notes: 140 });
const pieces = [first, sameNotes, sameNotes, near, piece(4), near];
const groups = groupsOf(pieces);

function droppedBy(dedupe: Dedupe, options: KeptOptions = {}): Map<number, number> {
  const { dropped, insteadOf } = chooseKept(groups, dedupe, options);
  const found = pieces.flatMap((_, index) => {
    const instead = insteadOf(index);
    return instead === undefined ? [] : [[index, instead] as const];
  });
  expect(dropped).toBe(found.length);
  return new Map(found);
}

describe('of copies', () => {
  it('all stay where nothing is asked for', () => {
    expect(droppedBy('none')).toEqual(new Map());
  });

  it('the first of the same notes stays', () => {
    expect(droppedBy('exact')).toEqual(
      new Map([
        [1, 0],
        [2, 0],
        [5, 3],
      ]),
    );
  });

  it('of near ones that of most notes stays, the first among equals', () => {
    expect(droppedBy('near')).toEqual(
      new Map([
        [0, 3],
        [1, 3],
        [2, 3],
        [5, 3],
      ]),
    );
  });

  it('none is dropped for one that may not stay, nor for another caption of its record', () => {
    expect(droppedBy('near', { isCandidate: (index) => index < 3 })).toEqual(
      new Map([
        [1, 0],
        [2, 0],
      ]),
    );
    expect(droppedBy('exact', { firstOfRecord: (index) => index - (index % 2) })).toEqual(
      new Map([
        [2, 0],
        [5, 3],
      ]),
    );
  });

  it('a line says why a pair is in its group and what stays in its place', () => {
    const kept = chooseKept(groups, 'near');
    const rows = [...groups.links()].map((link) => duplicateRow(link, `pair ${link.index}`, groups, kept));
    const group = first.noteHash.slice(0, 16);
    expect(rows).toEqual([
      { index: 1, id: 'pair 1', group, of: 0, kind: 'notes', similarity: 1, kept: 3 },
      { index: 2, id: 'pair 2', group, of: 1, kind: 'exact', similarity: 1, kept: 3 },
      { index: 3, id: 'pair 3', group, of: 0, kind: 'near', similarity: 0.69, kept: null },
      { index: 5, id: 'pair 5', group, of: 3, kind: 'exact', similarity: 1, kept: 3 },
    ]);
  });
});
