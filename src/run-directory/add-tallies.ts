import { mostFirst, type PairTally } from './pair-tally.ts';

const NO_STAGE = { failed: 0, skipped: 0, foreign: 0 };
const NOTHING: PairTally = { completed: 0, ...NO_STAGE, codes: {}, stages: { midi: NO_STAGE, text: NO_STAGE } };

/** What became of the pairs of several runs that have none in common. */
export function addTallies(tallies: readonly PairTally[]): PairTally {
  return tallies.reduce(addTwo, NOTHING);
}

function addTwo(a: PairTally, b: PairTally): PairTally {
  const codes = new Map(Object.entries(a.codes));
  for (const [code, pairs] of Object.entries(b.codes)) codes.set(code, (codes.get(code) ?? 0) + pairs);
  return {
    completed: a.completed + b.completed,
    ...addFates(a, b),
    codes: mostFirst(codes),
    stages: { midi: addFates(a.stages.midi, b.stages.midi), text: addFates(a.stages.text, b.stages.text) },
  };
}

type Fates = typeof NO_STAGE;

function addFates(a: Readonly<Fates>, b: Readonly<Fates>): Fates {
  return { failed: a.failed + b.failed, skipped: a.skipped + b.skipped, foreign: a.foreign + b.foreign };
}
