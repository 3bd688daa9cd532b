import type { DuplicateGroups } from '../../src/similarity/duplicate-groups.ts';

/** How well groups agree with what is known: counted over pairs of pieces in one group. */
export interface PairScores {
  readonly truePairs: number;
  readonly foundPairs: number;
  readonly precision: number;
  readonly recall: number;
  /** Songs that were taken for one, with how many pairs. */
  readonly confused: ReadonlyMap<string, number>;
}

/** @param songOf - the song of the piece at each index. */
export function scorePairs(groups: DuplicateGroups, songOf: readonly string[]): PairScores {
  let truePairs = 0;
  let foundPairs = 0;
  let right = 0;
  const confused = new Map<string, number>();
  for (const [left, leftSong] of songOf.entries()) {
    for (const [offset, rightSong] of songOf.slice(left + 1).entries()) {
      const isTrue = leftSong === rightSong;
      const isFound = groups.firstOf(left) === groups.firstOf(left + 1 + offset);
      if (isTrue) truePairs += 1;
      if (isFound) foundPairs += 1;
      if (isTrue && isFound) right += 1;
      const songs = `${leftSong} and ${rightSong}`;
      if (isFound && !isTrue) confused.set(songs, (confused.get(songs) ?? 0) + 1);
    }
  }
  return { truePairs, foundPairs, precision: right / foundPairs, recall: right / truePairs, confused };
}
