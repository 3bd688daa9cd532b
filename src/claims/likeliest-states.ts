/** What it takes to leave the order, to go from one disorder to another, and to come back: natural logarithms. */
const COST = { leave: 7, change: 7, return: 3 } as const;

/**
 * The likeliest course of a hidden state (Viterbi 1967): the one whose scores are highest in sum, less what its changes cost.
 *
 * @param scores - for each step the score of each state.
 * @param home - the state that is left seldom and returned to easily.
 */
export function likeliestStates(scores: readonly Float64Array[], states: number, home: number): Uint8Array {
  const from = new Uint8Array(scores.length * states);
  let [best, next] = [new Float64Array(states).fill(-COST.leave), new Float64Array(states)];
  best[home] = 0;
  for (const [step, score] of scores.entries()) {
    // Whoever changes comes from the best of all: two candidates are enough.
    const top = indexOfLargest(best);
    for (let state = 0; state < states; state++) {
      const changed = (best[top] ?? 0) - costOf(top, state, home);
      const fromHome = (best[home] ?? 0) - costOf(home, state, home);
      const stayed = best[state] ?? 0;
      const [value, origin] =
        stayed >= changed && stayed >= fromHome
          ? [stayed, state]
          : changed >= fromHome
            ? [changed, top]
            : [fromHome, home];
      next[state] = value + (score[state] ?? 0);
      from[step * states + state] = origin;
    }
    [best, next] = [next, best];
  }
  const course = new Uint8Array(scores.length);
  let state = indexOfLargest(best);
  for (let step = scores.length - 1; step >= 0; step--) {
    course[step] = state;
    state = from[step * states + state] ?? home;
  }
  return course;
}

function costOf(from: number, to: number, home: number): number {
  if (from === to) return 0;
  if (to === home) return COST.return;
  return from === home ? COST.leave : COST.change;
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best;
}
