import type { DuplicateGroups, DuplicateLink } from './group-duplicates.ts';

/** Two copies on different sides of a split. */
export interface Leak extends DuplicateLink {
  readonly split: string;
  readonly ofSplit: string;
}

export interface SplitExposure {
  /** Pieces in the split. */
  readonly pieces: number;
  /** Pieces of them with a copy in another split. */
  readonly exposed: number;
}

export interface SplitAudit {
  /** Groups of copies with members in more than one split. */
  readonly leakingGroups: number;
  /** The links of those groups that cross splits, in order of index. */
  readonly leaks: readonly Leak[];
  /** By name of the split, in order of name. */
  readonly splits: Readonly<Record<string, SplitExposure>>;
}

/**
 * Looks for copies on both sides of an existing split.
 *
 * @param splitOf - the split of the piece at an index, `undefined` where it has none: such pieces are left out.
 * @param capacity - one more than the highest index.
 */
export function auditSplit(
  groups: DuplicateGroups,
  capacity: number,
  splitOf: (index: number) => string | undefined,
): SplitAudit {
  const splitsOfGroup = new Map<number, Set<string>>();
  forEachLabelled(capacity, splitOf, (index, split) => {
    if (groups.sizeOf(index) === 1) return;
    const first = groups.firstOf(index);
    splitsOfGroup.set(first, (splitsOfGroup.get(first) ?? new Set()).add(split));
  });
  const isLeaking = (index: number) => (splitsOfGroup.get(groups.firstOf(index))?.size ?? 0) > 1;

  const exposure = new Map<string, { pieces: number; exposed: number }>();
  forEachLabelled(capacity, splitOf, (index, split) => {
    const counts = exposure.get(split) ?? { pieces: 0, exposed: 0 };
    counts.pieces += 1;
    if (isLeaking(index)) counts.exposed += 1;
    exposure.set(split, counts);
  });
  return {
    leakingGroups: [...splitsOfGroup.values()].filter((splits) => splits.size > 1).length,
    leaks: [...groups.links()].flatMap((link) => {
      const [split, ofSplit] = [splitOf(link.index), splitOf(link.of)];
      return split === undefined || ofSplit === undefined || split === ofSplit ? [] : [{ ...link, split, ofSplit }];
    }),
    splits: Object.fromEntries([...exposure].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function forEachLabelled(
  capacity: number,
  splitOf: (index: number) => string | undefined,
  visit: (index: number, split: string) => void,
): void {
  for (let index = 0; index < capacity; index++) {
    const split = splitOf(index);
    if (split !== undefined) visit(index, split);
  }
}
