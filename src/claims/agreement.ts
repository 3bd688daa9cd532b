import type { Claim, ClaimKind } from './claim.ts';
import { DEFAULT_JUDGE_OPTIONS, judgeClaim } from './judge-claim.ts';
import type { Judgement, JudgeOptions } from './judgement.ts';
import type { PieceFacts } from './piece-facts.ts';

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

/** @param claims - `readClaims(caption)`. */
export function judged(
  caption: string,
  claims: readonly Claim[] | undefined,
  facts: PieceFacts | undefined,
  options: JudgeOptions = DEFAULT_JUDGE_OPTIONS,
): Agreement {
  if (claims === undefined || facts === undefined) return UNREAD;
  const counts = { agrees: 0, contradicts: 0, unsure: 0 };
  const all = claims.map((claim): JudgedClaim => {
    const judgement = judgeClaim(claim, facts, options);
    counts[judgement.verdict]++;
    const { kind, start, end } = claim;
    return { kind, text: caption.slice(start, end), start, end, ...judgement };
  });
  return { read: true, ...counts, claims: all };
}
