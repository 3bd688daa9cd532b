import { describe, expect, it } from 'vitest';
import { auditSplit } from '../../src/similarity/audit-split.ts';
import { alike, figuresOf, groupsOf, piece } from './pieces.ts';

describe('an audit of a split', () => {
  const pieces = [piece(1), piece(2), piece(1), piece(3, { figures: alike(figuresOf(2), 50, 3) }), piece(4), piece(4)];
  const groups = groupsOf(pieces);
  const audit = (splits: readonly (string | undefined)[]) =>
    auditSplit(groups, pieces.length, (index) => splits[index]);

  it('finds copies on both sides, and says how many pieces of each split have one', () => {
    expect(audit(['train', 'train', 'test', 'train', 'test', 'test'])).toEqual({
      leakingGroups: 1,
      leaks: [{ index: 2, of: 0, kind: 'exact', similarity: 1, split: 'test', ofSplit: 'train' }],
      splits: { test: { pieces: 3, exposed: 1 }, train: { pieces: 3, exposed: 1 } },
    });
  });

  it('finds nothing where groups are whole, and leaves out pieces without a split', () => {
    expect(audit(['train', 'test', 'train', 'test', 'train', 'train'])).toMatchObject({ leakingGroups: 0, leaks: [] });
    expect(audit(['train', 'train', undefined, undefined, 'test', undefined])).toEqual({
      leakingGroups: 0,
      leaks: [],
      splits: { test: { pieces: 1, exposed: 0 }, train: { pieces: 2, exposed: 0 } },
    });
  });
});
