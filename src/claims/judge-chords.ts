import type { ChordsValue } from './claim.ts';
import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import { perPiece } from './per-piece.ts';
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
  const { found, isThere } = triadsOf(facts);
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

/** The longest triads of a piece by name, and which there are; no name where there is none. */
const triadsOf = perPiece((facts): { readonly found: string; readonly isThere: readonly boolean[] } => {
  const { shares, inOrder } = triadShares(facts);
  const longest = inOrder.sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0)).slice(0, MAX_NAMED);
  const names = longest.map((triad) => `${ROOTS[triad % 12]}${triad >= 12 ? 'm' : ''}`);
  return { found: names.join(', '), isThere: shares.map((share) => share >= LEAST_SHARE) };
});

/** What Roman numerals may count from: the tonic of the music's key, and of its relative. */
function tonicsOf({ key }: PieceFacts): readonly number[] {
  const [name = '', mode] = key?.split(' ') ?? [];
  const tonic = triadOf(name);
  return tonic === undefined ? [] : [tonic, (tonic + (mode === 'minor' ? 3 : 9)) % 12];
}

/** Shares of the piece's time, and the triads in the order in which they come. */
function triadShares({ chords, chord_seconds: starts, duration_seconds: end }: PieceFacts): {
  readonly shares: readonly number[];
  readonly inOrder: number[];
} {
  const shares: number[] = new Array(24).fill(0);
  const inOrder: number[] = [];
  for (let index = 0; index < chords.length; index++) {
    const triad = triadOf(chords[index] ?? '');
    if (triad === undefined) continue;
    if (!inOrder.includes(triad)) inOrder.push(triad);
    const seconds = (starts[index + 1] ?? end) - (starts[index] ?? 0);
    shares[triad] = (shares[triad] ?? 0) + Math.max(0, seconds) / Math.max(end, 1e-3);
  }
  return { shares, inOrder };
}
