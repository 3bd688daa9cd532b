import type { FailedPair } from '../checkpoint/failed-pairs.ts';
import { codesByPair } from './codes-by-pair.ts';
import { fateOf, type PairFate } from './exemptions.ts';
import { STAGES, type StageName } from './run-files.ts';

/** What became of the pairs so far. One that has failed in both stages counts once. */
export interface PairTally extends Readonly<Record<PairFate, number>> {
  /** With a result of both stages. */
  readonly completed: number;
  /** How many pairs have failed with each code, the most frequent first; skipped and foreign pairs are not among them. */
  readonly codes: Readonly<Record<string, number>>;
  /** The same for each stage alone. */
  readonly stages: Readonly<Record<StageName, Readonly<Record<PairFate, number>>>>;
}

/** A stage as far as it is counted; a store and a reading of it are that. */
export interface TalliedStage {
  readonly firstIndex: number;
  readonly lastIndex: number;
  /** Pairs up to `lastIndex` that have no outcome any more. */
  readonly missing: Iterable<number>;
  /** Pairs without a result, in order. */
  readonly failedPairs: Iterable<FailedPair>;
}

/**
 * Counts pairs, not records: failed are those that have failed in a stage, skipped and foreign the others that have no result.
 *
 * @param isTriedAgain - whether a failure counts for nothing, as the pair is to be tried again.
 */
export function tallyPairs(
  { midi, text }: Readonly<Record<StageName, TalliedStage>>,
  isTriedAgain: (stage: StageName, failure: FailedPair) => boolean = () => false,
): PairTally {
  const doneInBoth = Math.min(midi.lastIndex, text.lastIndex);
  const without = new Set([...midi.missing, ...text.missing].filter((index) => index <= doneInBoth));
  const pairs = noPairs();
  const stages = { midi: noPairs(), text: noPairs() };
  const codes = new Map<string, number>();
  for (const { index, codes: codesOf } of codesByPair(midi.failedPairs, text.failedPairs)) {
    if (index <= doneInBoth) without.add(index);
    const found = new Set<string>();
    for (const stage of STAGES) {
      const code = codesOf[stage];
      if (code === undefined || isTriedAgain(stage, { index, code })) continue;
      stages[stage][fateOf(code)]++;
      found.add(code);
    }
    const fates = new Set([...found].map(fateOf));
    const worst = WORST_FIRST.find((fate) => fates.has(fate));
    if (worst !== undefined) pairs[worst]++;
    for (const code of found) if (fateOf(code) === 'failed') codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  return { completed: doneInBoth + 1 - midi.firstIndex - without.size, ...pairs, codes: mostFirst(codes), stages };
}

const WORST_FIRST: readonly PairFate[] = ['failed', 'skipped', 'foreign'];

function noPairs(): Record<PairFate, number> {
  return { failed: 0, skipped: 0, foreign: 0 };
}

export function mostFirst(codes: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...codes].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}
