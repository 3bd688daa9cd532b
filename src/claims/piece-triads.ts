import type { PieceFacts } from './piece-facts.ts';
import { triadOf } from './triad-of.ts';

const ROOTS: readonly string[] = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
/** A chord is there when it sounds for this share of the time. */
const LEAST_SHARE = 0.01;
const MAX_NAMED = 6;

/** The triads of a piece: 0 (C) to 11, and 12 more where they are minor. */
export interface PieceTriads {
  /** The longest by name; empty where there is none. */
  readonly names: string;
  readonly isThere: readonly boolean[];
}

export function pieceTriads(facts: PieceFacts): PieceTriads {
  const { shares, inOrder } = triadShares(facts);
  const longest = inOrder.sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0)).slice(0, MAX_NAMED);
  const names = longest.map((triad) => `${ROOTS[triad % 12]}${triad >= 12 ? 'm' : ''}`);
  return { names: names.join(', '), isThere: shares.map((share) => share >= LEAST_SHARE) };
}

/** Shares of the piece's time, and the triads in the order in which they come. */
function triadShares({ chords, chord_seconds: starts, duration_seconds: end }: PieceFacts): {
  readonly shares: readonly number[];
  readonly inOrder: number[];
} {
  const shares: number[] = new Array(24).fill(0);
  const inOrder: number[] = [];
  const least = Math.max(end, 1e-3);
  let seen = 0;
  for (let index = 0; index < chords.length; index++) {
    const triad = triadOf(chords[index] ?? '');
    if (triad === undefined) continue;
    if ((seen & (1 << triad)) === 0) inOrder.push(triad);
    seen |= 1 << triad;
    const seconds = (starts[index + 1] ?? end) - (starts[index] ?? 0);
    shares[triad] = (shares[triad] ?? 0) + Math.max(0, seconds) / least;
  }
  return { shares, inOrder };
}
