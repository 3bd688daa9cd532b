import type { DuplicateGroups } from './group-duplicates.ts';
import type { PieceTable } from './piece-table.ts';

/**
 * `exact`: of pieces with the same file or the same notes one stays. `near`: one of each group, thus of transposed and
 * near copies too.
 */
export type Dedupe = 'none' | 'exact' | 'near';

export interface KeptChoice {
  readonly isCandidate?: (index: number) => boolean;
  readonly firstOfRecord?: (index: number) => number;
}

/**
 * Chooses the best piece of each set of copies: the one with most notes, the first by index among equals. Nothing else
 * would do for every collection, and a choice has to be the same on every machine.
 *
 * @param choice.isCandidate - whether a piece may stay; others are neither kept nor dropped
 * @param choice.firstOfRecord - captions of one piece stay or go together
 * @returns for each dropped piece the one that stays in its place.
 */
export function chooseKept(
  table: PieceTable,
  groups: DuplicateGroups,
  dedupe: Dedupe,
  choice: KeptChoice = {},
): ReadonlyMap<number, number> {
  const { isCandidate = () => true, firstOfRecord = (index: number) => index } = choice;
  const keptInstead = new Map<number, number>();
  if (dedupe === 'none') return keptInstead;
  for (const members of membersBySet(groups, dedupe).values()) {
    const candidates = [...members].filter(isCandidate);
    if (candidates.length < 2) continue;
    const best = candidates.reduce((kept, member) => (isBetter(table, member, kept) ? member : kept));
    for (const member of candidates) {
      if (firstOfRecord(member) !== firstOfRecord(best)) keptInstead.set(member, best);
    }
  }
  return keptInstead;
}

/** The members of every set of more than one, by the first of them. */
function membersBySet(groups: DuplicateGroups, dedupe: 'exact' | 'near'): Map<number, Set<number>> {
  const sets = new Map<number, Set<number>>();
  const firstOf = new Map<number, number>();
  // In order of index: what a piece is a copy of has its set already.
  for (const { index, of, kind } of groups.links()) {
    if (dedupe === 'exact' && kind !== 'exact' && kind !== 'notes') continue;
    const first = dedupe === 'near' ? groups.firstOf(index) : (firstOf.get(of) ?? of);
    firstOf.set(index, first);
    const members = sets.get(first) ?? new Set([first]);
    sets.set(first, members.add(index).add(of));
  }
  return sets;
}

function isBetter(table: PieceTable, candidate: number, kept: number): boolean {
  const more = table.notes(candidate) - table.notes(kept);
  return more > 0 || (more === 0 && candidate < kept);
}
