import type { DuplicateGroups } from './duplicate-groups.ts';

/**
 * `exact`: of pieces with the same file or the same notes one stays. `near`: one of each group, thus of transposed and
 * near copies too.
 */
export type Dedupe = 'none' | 'exact' | 'near';

export interface KeptOptions {
  /** Whether a piece may stay; others are neither kept nor dropped. */
  readonly isCandidate?: (index: number) => boolean;
  /** Captions of one piece stay or go together. */
  readonly firstOfRecord?: (index: number) => number;
}

/** Which piece of each set of copies stays. */
export interface KeptChoice {
  /** Pieces that are dropped. */
  readonly dropped: number;
  /** The piece that stays in the place of one; `undefined` where that is not dropped. */
  readonly insteadOf: (index: number) => number | undefined;
}

export const NOTHING_DROPPED: KeptChoice = { dropped: 0, insteadOf: () => undefined };

/**
 * Chooses the best piece of each set of copies: the one with most notes, the first by index among equals. Nothing else
 * would do for every collection, and a choice has to be the same on every machine. Holds four bytes a piece.
 */
export function chooseKept(groups: DuplicateGroups, dedupe: Dedupe, options: KeptOptions = {}): KeptChoice {
  const { isCandidate = () => true, firstOfRecord = (index: number) => index } = options;
  if (dedupe === 'none') return NOTHING_DROPPED;
  const firstOf = (index: number) => (dedupe === 'near' ? groups.firstOf(index) : groups.firstOfNotes(index));
  /** By the first of each set: index plus one. */
  const best = new Uint32Array(groups.capacity);
  for (let index = 0; index < groups.capacity; index++) {
    if (!isCandidate(index)) continue;
    const first = firstOf(index);
    const kept = best[first] as number;
    if (kept === 0 || groups.notesOf(index) > groups.notesOf(kept - 1)) best[first] = index + 1;
  }
  const insteadOf = (index: number): number | undefined => {
    if (!isCandidate(index)) return undefined;
    const kept = (best[firstOf(index)] as number) - 1;
    return firstOfRecord(index) === firstOfRecord(kept) ? undefined : kept;
  };
  let dropped = 0;
  for (let index = 0; index < groups.capacity; index++) if (insteadOf(index) !== undefined) dropped += 1;
  return { dropped, insteadOf };
}
