/** So many are shuffled; of more than that nobody draws so many that one would come twice often. */
const MOST_SHUFFLED = 1 << 12;

/**
 * Different numbers below a bound, each as likely as any other; of a large bound not all of them.
 *
 * @param random - `randomNumbers(…)`.
 */
export function* drawNumbers(below: number, random: (below: number) => number): Generator<number> {
  if (below <= MOST_SHUFFLED) {
    const left = Array.from({ length: below }, (_, number) => number);
    for (let size = below; size > 0; size--) {
      const at = random(size);
      yield left[at] ?? 0;
      left[at] = left[size - 1] ?? 0;
    }
    return;
  }
  const drawn = new Set<number>();
  while (drawn.size < below / 2) {
    const number = random(below);
    if (drawn.has(number)) continue;
    drawn.add(number);
    yield number;
  }
}
