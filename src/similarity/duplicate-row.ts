import type { KeptChoice } from './choose-kept.ts';
import type { DuplicateGroups, DuplicateKind, DuplicateLink } from './duplicate-groups.ts';

/** A line of `duplicates.jsonl`: why a pair is in the group of an earlier one. */
export interface DuplicateRow {
  readonly index: number;
  readonly id: string;
  /** Key of the group: what the column `duplicate_group` says. */
  readonly group: string;
  /** Index of the earlier pair; `null`, as the next two, for the first of a group, listed only where it was dropped. */
  readonly of: number | null;
  readonly kind: DuplicateKind | null;
  /** To two decimals, which is more than a signature of 72 bins can say. */
  readonly similarity: number | null;
  /** Index of the pair that stays in its place, where it was dropped. */
  readonly kept: number | null;
}

export function duplicateRow(
  { index, of, kind, similarity }: DuplicateLink,
  id: string,
  groups: DuplicateGroups,
  kept: KeptChoice,
): DuplicateRow {
  const rounded = Math.round(similarity * 100) / 100;
  const instead = kept.insteadOf(index) ?? null;
  return { index, id, group: groups.keyOf(index), of, kind, similarity: rounded, kept: instead };
}

/** A pair that nothing before it is like, dropped for a better copy after it. */
export function droppedFirstRow(index: number, id: string, groups: DuplicateGroups, kept: number): DuplicateRow {
  return { index, id, group: groups.keyOf(index), of: null, kind: null, similarity: null, kept };
}
