import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import type { PieceFacts } from './piece-facts.ts';

const ROOTS: readonly string[] = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
/** A chord is there when it sounds for this share of the time. */
const LEAST_SHARE = 0.01;
const MAX_NAMED = 6;
/** Shares of the claimed chords that are there. */
const [ENOUGH, TOO_FEW] = [0.7, 0.34];

/** Chords are compared as major and minor triads: sevenths and bass notes are told differently by everybody. */
export function judgeChords(triads: readonly number[], facts: PieceFacts): Judgement {
  const shares = triadShares(facts);
  if (shares.size === 0) return unsure('no chords', 'not_stated');
  const longest = [...shares].sort(([, a], [, b]) => b - a);
  const found = longest
    .slice(0, MAX_NAMED)
    .map(([triad]) => `${ROOTS[triad % 12]}${triad >= 12 ? 'm' : ''}`)
    .join(', ');
  const there = triads.filter((triad) => (shares.get(triad) ?? 0) >= LEAST_SHARE).length / triads.length;
  if (there >= ENOUGH) return agrees(found);
  return there <= TOO_FEW ? contradicts(found) : unsure(found, 'near');
}

function triadShares({
  chords,
  chord_seconds: starts,
  duration_seconds: end,
}: PieceFacts): ReadonlyMap<number, number> {
  const shares = new Map<number, number>();
  for (const [index, symbol] of chords.entries()) {
    const match = /^([A-G][#b]?)(m(?!aj)|dim)?/.exec(symbol);
    const root = ROOTS.indexOf(match?.[1] ?? '');
    if (root < 0) continue;
    const triad = root + (match?.[2] === undefined ? 0 : 12);
    const seconds = (starts[index + 1] ?? end) - (starts[index] ?? 0);
    shares.set(triad, (shares.get(triad) ?? 0) + Math.max(0, seconds) / Math.max(end, 1e-3));
  }
  return shares;
}
