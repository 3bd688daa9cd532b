import type { DuplicateGroups, DuplicateKind, DuplicateLink } from './group-duplicates.ts';

/** A line of `duplicates.jsonl`: why a pair is in the group of an earlier one. */
export interface DuplicateRow {
  readonly index: number;
  readonly id: string;
  /** Key of the group: what the column `duplicate_group` says. */
  readonly group: string;
  /** Index of the earlier pair. */
  readonly of: number;
  readonly kind: DuplicateKind;
  /** To two decimals, which is more than a signature of 72 bins can say. */
  readonly similarity: number;
  /** Index of the pair that stays in its place, where it was dropped. */
  readonly kept: number | null;
}

/** @param keptInstead - of `chooseKept`. */
export function duplicateRow(
  { index, of, kind, similarity }: DuplicateLink,
  id: string,
  groups: DuplicateGroups,
  keptInstead: ReadonlyMap<number, number>,
): DuplicateRow {
  const kept = keptInstead.get(index) ?? null;
  return { index, id, group: groups.keyOf(index), of, kind, similarity: Math.round(similarity * 100) / 100, kept };
}
