import type { Agreement, JudgedClaim } from './agreement.ts';
import type { ClaimKind } from './claim.ts';
import type { Verdict } from './judgement.ts';
import type { Shift } from './shift-finder.ts';

export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** Captions against their music, over a data set. */
export interface AgreementFacts {
  /** Captions that were read, and that were not, as they are not English. */
  readonly read: number;
  readonly unread: number;
  /** Captions with a claim at all, and with one that the music contradicts. */
  readonly with_claims: number;
  readonly with_contradictions: number;
  /** Claims of each kind; kinds that nobody stated are left out. */
  readonly kinds: Readonly<Partial<Record<ClaimKind, VerdictCounts>>>;
  /** Rows whose captions belong to other rows. */
  readonly shifts: readonly Shift[];
  /** Rows with most contradictions, worst first. */
  readonly worst: readonly WorstCaption[];
}

export interface WorstCaption {
  readonly index: number;
  readonly contradictions: readonly Pick<JudgedClaim, 'kind' | 'text' | 'found'>[];
}

const MAX_WORST = 20;

/** Counts what captions and music say to each other. */
export class AgreementCounts {
  #read = 0;
  #unread = 0;
  #withClaims = 0;
  #withContradictions = 0;
  readonly #kinds = new Map<ClaimKind, Record<Verdict, number>>();
  #worst: WorstCaption[] = [];

  add(index: number, { read, claims, contradicts }: Agreement): void {
    if (read) this.#read++;
    else this.#unread++;
    if (claims.length > 0) this.#withClaims++;
    for (const { kind, verdict } of claims) {
      const counts = this.#kinds.get(kind) ?? { agrees: 0, contradicts: 0, unsure: 0 };
      this.#kinds.set(kind, counts);
      counts[verdict]++;
    }
    if (contradicts === 0) return;
    this.#withContradictions++;
    this.#keepIfWorse(index, claims);
  }

  /** @param shifts - of the same rows. */
  facts(shifts: readonly Shift[]): AgreementFacts {
    return {
      read: this.#read,
      unread: this.#unread,
      with_claims: this.#withClaims,
      with_contradictions: this.#withContradictions,
      kinds: Object.fromEntries([...this.#kinds].sort(([a], [b]) => (a < b ? -1 : 1))),
      shifts,
      worst: this.#worst,
    };
  }

  #keepIfWorse(index: number, claims: readonly JudgedClaim[]): void {
    const contradictions = claims
      .filter(({ verdict }) => verdict === 'contradicts')
      .map(({ kind, text, found }) => ({ kind, text, found }));
    const least = this.#worst.at(-1)?.contradictions.length ?? 0;
    if (this.#worst.length === MAX_WORST && contradictions.length <= least) return;
    const place = this.#worst.findIndex((other) => other.contradictions.length < contradictions.length);
    this.#worst.splice(place < 0 ? this.#worst.length : place, 0, { index, contradictions });
    this.#worst = this.#worst.slice(0, MAX_WORST);
  }
}
