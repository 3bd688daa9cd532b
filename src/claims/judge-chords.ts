import type { ChordsValue } from './claim.ts';
import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import type { Piece } from './piece.ts';
import type { PieceFacts } from './piece-facts.ts';
import { triadOf } from './triad-of.ts';

/** Shares of the claimed chords that are there. */
const [ENOUGH, TOO_FEW] = [0.7, 0.34];

/** Chords are compared as major and minor triads: sevenths and bass notes are told differently by everybody. */
export function judgeChords(
  { triads, root }: ChordsValue,
  { facts, triads: { names: found, isThere } }: Piece,
): Judgement {
  if (found === '') return unsure('no chords', 'not_stated');
  const there =
    root === undefined ? shareAboveMusic(triads, isThere, facts) : shareAbove(triads, isThere, root === 'C' ? 0 : root);
  if (there >= ENOUGH) return agrees(found);
  if (there > TOO_FEW) return unsure(found, 'near');
  // The progression is there, in another key than the caption says.
  const isElsewhere = root !== undefined && root !== 'C' && shareAboveMusic(triads, isThere, facts) >= ENOUGH;
  return isElsewhere ? unsure(found, 'near_key') : contradicts(found);
}

/** How many of some triads are there, counted from a tonic. */
function shareAbove(triads: readonly number[], isThere: readonly boolean[], tonic: number): number {
  let there = 0;
  for (const triad of triads) if (isThere[((triad + tonic) % 12) + (triad >= 12 ? 12 : 0)] === true) there++;
  return there / triads.length;
}

function shareAboveMusic(triads: readonly number[], isThere: readonly boolean[], facts: PieceFacts): number {
  return Math.max(0, ...tonicsOf(facts).map((tonic) => shareAbove(triads, isThere, tonic)));
}

/** What Roman numerals may count from: the tonic of the music's key, and of its relative. */
function tonicsOf({ key }: PieceFacts): readonly number[] {
  const [name = '', mode] = key?.split(' ') ?? [];
  const tonic = triadOf(name);
  return tonic === undefined ? [] : [tonic, (tonic + (mode === 'minor' ? 3 : 9)) % 12];
}
