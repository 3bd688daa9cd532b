import type { DuplicateGroups, DuplicateLink } from './duplicate-groups.ts';
import { SplitsOfGroups } from './splits-of-groups.ts';

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
  const splits = new SplitsOfGroups(capacity);
  forEachLabelled(capacity, splitOf, (index, split) => splits.add(groups.firstOf(index), split));
  const exposure = new Map<string, { pieces: number; exposed: number }>();
  forEachLabelled(capacity, splitOf, (index, split) => {
    const counts = exposure.get(split) ?? { pieces: 0, exposed: 0 };
    counts.pieces += 1;
    if (splits.isAcross(groups.firstOf(index))) counts.exposed += 1;
    exposure.set(split, counts);
  });
  return {
    leakingGroups: splits.across,
    leaks: [...leaksOf(groups, splitOf)],
    splits: Object.fromEntries([...exposure].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function* leaksOf(groups: DuplicateGroups, splitOf: (index: number) => string | undefined): Generator<Leak> {
  for (const link of groups.links()) {
    const [split, ofSplit] = [splitOf(link.index), splitOf(link.of)];
    if (split !== undefined && ofSplit !== undefined && split !== ofSplit) yield { ...link, split, ofSplit };
  }
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
