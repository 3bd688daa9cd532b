import type { ChordsValue } from './claim.ts';
import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import type { PieceFacts } from './piece-facts.ts';
import { triadOf } from './triad-of.ts';

const ROOTS: readonly string[] = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
/** A chord is there when it sounds for this share of the time. */
const LEAST_SHARE = 0.01;
const MAX_NAMED = 6;
/** Shares of the claimed chords that are there. */
const [ENOUGH, TOO_FEW] = [0.7, 0.34];

/** Chords are compared as major and minor triads: sevenths and bass notes are told differently by everybody. */
export function judgeChords({ triads, root }: ChordsValue, facts: PieceFacts): Judgement {
  const shares = triadShares(facts);
  if (shares.size === 0) return unsure('no chords', 'not_stated');
  const longest = [...shares].sort(([, a], [, b]) => b - a);
  const found = longest
    .slice(0, MAX_NAMED)
    .map(([triad]) => `${ROOTS[triad % 12]}${triad >= 12 ? 'm' : ''}`)
    .join(', ');
  const thereAbove = (tonic: number): number => {
    const above = triads.map((triad) => ((triad + tonic) % 12) + (triad >= 12 ? 12 : 0));
    return above.filter((triad) => (shares.get(triad) ?? 0) >= LEAST_SHARE).length / triads.length;
  };
  const ofMusic = Math.max(0, ...tonicsOf(facts).map(thereAbove));
  const there = root === undefined ? ofMusic : thereAbove(root === 'C' ? 0 : root);
  if (there >= ENOUGH) return agrees(found);
  if (there > TOO_FEW) return unsure(found, 'near');
  // The progression is there, in another key than the caption says.
  return root !== undefined && root !== 'C' && ofMusic >= ENOUGH ? unsure(found, 'near_key') : contradicts(found);
}

/** What Roman numerals may count from: the tonic of the music's key, and of its relative. */
function tonicsOf({ key }: PieceFacts): readonly number[] {
  const [name = '', mode] = key?.split(' ') ?? [];
  const tonic = triadOf(name);
  return tonic === undefined ? [] : [tonic, (tonic + (mode === 'minor' ? 3 : 9)) % 12];
}

function triadShares({
  chords,
  chord_seconds: starts,
  duration_seconds: end,
}: PieceFacts): ReadonlyMap<number, number> {
  const shares = new Map<number, number>();
  for (const [index, symbol] of chords.entries()) {
    const triad = triadOf(symbol);
    if (triad === undefined) continue;
    const seconds = (starts[index + 1] ?? end) - (starts[index] ?? 0);
    shares.set(triad, (shares.get(triad) ?? 0) + Math.max(0, seconds) / Math.max(end, 1e-3));
  }
  return shares;
}
