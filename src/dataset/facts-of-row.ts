import type { Agreement } from '../claims/agreement.ts';
import type { RowFacts } from '../quality/filter-fields.ts';
import type { DatasetRow } from './dataset-row.ts';

type JudgedRow = Pick<DatasetRow, 'midi' | 'text'> & { readonly pair: Pick<DatasetRow['pair'], 'metadata'> };

/** What filters judge a row by. */
export function factsOfRow({ pair, midi, text }: JudgedRow, caption: Agreement): RowFacts {
  const { metadata } = pair;
  return { midi: midi.metadata, text: text.statistics, tokens: midi.sequence_length, caption, metadata };
}
