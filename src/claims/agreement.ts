import type { Claim, ClaimKind } from './claim.ts';
import { DEFAULT_JUDGE_OPTIONS, judgeClaim } from './judge-claim.ts';
import { type Judgement, type JudgeOptions, unsure as unsureOf } from './judgement.ts';
import type { Piece } from './piece.ts';

/** A claim, what the music says to it, and the words of the caption. */
export interface JudgedClaim extends Judgement {
  readonly kind: ClaimKind;
  readonly text: string;
  /** Of the caption, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** What a caption and its music have to do with each other. */
export interface Agreement {
  /** False where the caption is not English, or there are no facts to hold it against: nothing is known then. */
  readonly read: boolean;
  readonly agrees: number;
  readonly contradicts: number;
  readonly unsure: number;
  /** In the order of the caption. */
  readonly claims: readonly JudgedClaim[];
}

const UNREAD: Agreement = { read: false, agrees: 0, contradicts: 0, unsure: 0, claims: [] };

/** Of these a piece has one: a caption that names two speaks of something else beside it, or of a part. */
const SINGLE: ReadonlySet<ClaimKind> = new Set(['key', 'tempo', 'tempo_word', 'meter', 'duration']);

/** @param claims - `readClaims(caption)`. */
export function judged(
  caption: string,
  claims: readonly Claim[] | undefined,
  piece: Piece | undefined,
  options: JudgeOptions = DEFAULT_JUDGE_OPTIONS,
): Agreement {
  if (claims === undefined || piece === undefined) return UNREAD;
  const counts = { agrees: 0, contradicts: 0, unsure: 0 };
  const judgements = claims.map((claim) => judgeClaim(claim, piece, options));
  const all: JudgedClaim[] = [];
  for (const [index, { kind, start, end }] of claims.entries()) {
    const own = judgements[index];
    if (own === undefined) continue;
    const { verdict, found, reason } = besideOthers(kind, own, claims, judgements);
    counts[verdict]++;
    const text = caption.slice(start, end);
    // Written out: a spread of judgements with and without a reason takes five times as long.
    all.push(
      reason === undefined
        ? { kind, text, start, end, verdict, found }
        : { kind, text, start, end, verdict, found, reason },
    );
  }
  const { agrees, contradicts, unsure } = counts;
  return { read: true, agrees, contradicts, unsure, claims: all };
}

/** Where the music has one of two keys that a caption names, the other is of something else. */
function besideOthers(
  kind: ClaimKind,
  judgement: Judgement,
  claims: readonly Claim[],
  judgements: readonly Judgement[],
): Judgement {
  if (judgement.verdict !== 'contradicts' || !SINGLE.has(kind)) return judgement;
  const isNamed = claims.some(
    (other, index) => other.kind === kind && !other.negated && judgements[index]?.verdict === 'agrees',
  );
  return isNamed ? unsureOf(judgement.found, 'another_agrees') : judgement;
}
