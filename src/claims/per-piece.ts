import type { PieceFacts } from './piece-facts.ts';

/** What follows from the facts of a piece alone, found once: the search for shifted rows holds a piece against many captions. */
export function perPiece<Derived extends object>(
  derive: (facts: PieceFacts) => Derived,
): (facts: PieceFacts) => Derived {
  const known = new WeakMap<PieceFacts, Derived>();
  return (facts) => {
    const before = known.get(facts);
    if (before !== undefined) return before;
    const derived = derive(facts);
    known.set(facts, derived);
    return derived;
  };
}
