import { mixWords } from './mix-words.ts';
import type { SplitShare } from './split-shares.ts';

/**
 * The split of a group, by a hash of the seed and the group's key and nothing else: it stays whatever other pairs a data
 * set has, and in whatever order they are processed. The shares hold in the mean, as those of a lottery do.
 *
 * Pairs added at the end of a manifest join groups without changing their key, so that no pair moves. There is one
 * exception: a pair that is a copy of members of two groups makes them one, and the group that began later moves to the
 * split of the other, for else copies would be on both sides.
 *
 * @param key - `DuplicateGroups.keyOf`.
 * @param shares - of `parseSplitShares`: at least one, adding up to 1.
 */
export function assignSplit(key: string, seed: number, shares: readonly SplitShare[]): string {
  let rest = fractionOf(`${seed}/${key}`);
  for (const { name, share } of shares) {
    rest -= share;
    if (rest < 0) return name;
  }
  const last = shares.at(-1);
  if (last === undefined) throw new RangeError('no split to choose from');
  return last.name;
}

/** A number from 0 up to 1 for a text, evenly spread over texts. */
function fractionOf(text: string): number {
  let low = text.length;
  let high = ~text.length;
  for (let at = 0; at < text.length; at++) {
    low = mixWords(low, text.charCodeAt(at), at);
    high = mixWords(high, at, text.charCodeAt(at));
  }
  return ((high >>> 0) * 2 ** 20 + (low >>> 12)) / 2 ** 52;
}
