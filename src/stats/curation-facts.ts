import type { AgreementFacts } from '../claims/agreement-counts.ts';
import type { FiltersFacts } from '../quality/filter-counts.ts';

import type { LossFacts } from './loss-counts.ts';

/** What was made of the rows that both stages had a result for. */
export interface CurationFacts {
  /** Rows of each split, in the order that the user gave them. */
  readonly splits: Readonly<Record<string, number>>;
  readonly duplicates: DuplicatesFacts;
  /** `null` where there were none. */
  readonly filters: FiltersFacts | null;
  /** Captions against their music. */
  readonly captions: AgreementFacts;
  /** What the tokens of the rows leave out, and what was mended. */
  readonly losses: LossFacts;
}

export interface DuplicatesFacts {
  /** Groups of copies with more than one member. */
  readonly groups: number;
  /** Pairs in them. */
  readonly pairs: number;
  /** Why pairs are in a group: how many by each kind of likeness. */
  readonly links: Readonly<Record<string, number>>;
  /** Near copies that were left out because their group had grown too far apart. */
  readonly turned_away: number;
  /** Pairs that have no row because a copy of them has. */
  readonly dropped: number;
  /** Groups of copies whose rows are in more than one split, because the manifest says so. */
  readonly across_splits: number;
}
