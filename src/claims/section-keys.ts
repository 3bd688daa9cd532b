import { keyCorrelations } from '../features/find-key.ts';
import type { PieceFacts } from './piece-facts.ts';
import { triadOf } from './triad-of.ts';

/** A window must be long enough to tell keys apart, and short enough to fall within a section. */
const [SHORTEST_S, LONGEST_S, WINDOWS] = [10, 24, 10] as const;
/** So many windows in a row, each half over the last, are a section that stays in a key. */
const STAYS = 3;
/** Windows that fit their key worse are in none. */
const LEAST_FIT = 0.6;

/**
 * The keys that a piece stays in, `tonic + 12` for minor, with their shares of the windows: the key of the chords in
 * overlapping windows (Krumhansl and Schmuckler's method, over time as in Temperley 2001, chapter 7).
 */
export function sectionKeys(facts: PieceFacts): ReadonlyMap<number, number> {
  const windows = windowKeys(facts);
  const shares = new Map<number, number>();
  for (let from = 0; from < windows.length; ) {
    let to = from + 1;
    while (to < windows.length && windows[to] === windows[from]) to++;
    const key = windows[from];
    if (key !== undefined && (to - from >= STAYS || to - from === windows.length))
      shares.set(key, (shares.get(key) ?? 0) + (to - from) / windows.length);
    from = to;
  }
  return shares;
}

/** The key of each window; `undefined` where none fits. */
function windowKeys({
  chords,
  chord_seconds: starts,
  duration_seconds: end,
}: PieceFacts): readonly (number | undefined)[] {
  const length = Math.min(LONGEST_S, Math.max(SHORTEST_S, end / WINDOWS));
  const count = Math.max(1, Math.floor(end / (length / 2)) - 1);
  const weights = Array.from({ length: count }, (): number[] => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  for (let index = 0; index < chords.length; index++) {
    const triad = triadOf(chords[index] ?? '');
    if (triad === undefined) continue;
    const [root, third, fifth] = [triad % 12, (triad + (triad >= 12 ? 3 : 4)) % 12, (triad + 7) % 12];
    const from = starts[index] ?? 0;
    const to = Math.min(end, starts[index + 1] ?? end);
    const last = Math.min(count - 1, Math.floor(to / (length / 2)));
    for (let window = Math.max(0, Math.floor(from / (length / 2)) - 1); window <= last; window++) {
      const begin = (window * length) / 2;
      const seconds = Math.min(to, begin + length) - Math.max(from, begin);
      const histogram = weights[window];
      if (seconds <= 0 || histogram === undefined) continue;
      histogram[root] = (histogram[root] ?? 0) + seconds;
      histogram[third] = (histogram[third] ?? 0) + seconds;
      histogram[fifth] = (histogram[fifth] ?? 0) + seconds;
    }
  }
  return weights.map(keyOf);
}

const FITS = new Float64Array(24);

/** The key that fits best, the first of those that fit as well. */
function keyOf(histogram: readonly number[]): number | undefined {
  const correlations = keyCorrelations(histogram, FITS);
  let best = 0;
  for (let key = 1; key < 24; key++) if ((correlations[key] ?? 0) > (correlations[best] ?? 0)) best = key;
  return (correlations[best] ?? 0) < LEAST_FIT ? undefined : best;
}
