import { type Agreement, judged } from '../claims/agreement.ts';
import { AgreementCounts, type AgreementFacts } from '../claims/agreement-counts.ts';
import type { Claim } from '../claims/claim.ts';
import { Piece } from '../claims/piece.ts';
import { pieceFactsOf } from '../claims/piece-facts.ts';
import { readClaims } from '../claims/read-claims.ts';
import { ShiftFinder } from '../claims/shift-finder.ts';
import type { DatasetRow } from './dataset-row.ts';

type RowParts = Pick<DatasetRow, 'midi' | 'text'>;

/** Holds the captions of a data set against their music, one row after the other. */
export class CaptionCheck {
  readonly #counts = new AgreementCounts();
  readonly #shifts = new ShiftFinder();

  add(index: number, row: RowParts): Agreement {
    const { agreement, claims, piece } = checkCaption(row);
    this.#counts.add(index, agreement);
    if (piece !== undefined) this.#shifts.add({ index, claims, piece }, agreement);
    return agreement;
  }

  /** To be called when all rows have passed. */
  facts(): AgreementFacts {
    return this.#counts.facts(this.#shifts.end());
  }
}

/** Nothing is read of a caption whose music is known by another program's record. */
export function checkCaption({ midi, text }: RowParts): {
  readonly agreement: Agreement;
  readonly claims: readonly Claim[];
  readonly piece: Piece | undefined;
} {
  const caption = text.text ?? '';
  const facts = pieceFactsOf(midi.metadata);
  const piece = facts === undefined ? undefined : new Piece(facts);
  const claims = piece === undefined ? undefined : readClaims(caption);
  const agreement = judged(caption, claims, piece);
  return { agreement, claims: claims ?? [], piece };
}
