import type { Shift } from '../claims/shift-finder.ts';
import type { DatasetResult } from '../pipeline/run-result.ts';
import { count } from './count.ts';

/** Stretches that are named; the report and `audit-captions` have all. */
const SHOWN = 3;

/** What the summary of a run says of captions that are cut or wrong; nothing where none is. */
export function captionLines({
  captions,
  cutCaptions: cut,
}: Pick<DatasetResult, 'captions' | 'cutCaptions'>): string[] {
  const { with_contradictions: wrong, with_claims: claiming, shifts } = captions;
  const more = shifts.length > SHOWN ? [`           and ${count(shifts.length - SHOWN)} more stretches`] : [];
  return [
    ...(cut > 0
      ? [
          `  captions ${count(cut)} longer than what the encoder reads: their ends are in no embedding (--long_text chunk reads all)`,
        ]
      : []),
    ...(wrong > 0
      ? [`  captions ${count(wrong)} of the ${count(claiming)} that state something contradict their music`]
      : []),
    ...shifts.slice(0, SHOWN).map((shift) => `  captions ${shiftText(shift)}`),
    ...more,
  ];
}

/** Where the music of the captions of a stretch is. */
export function shiftText({ first, last, offset, evidence }: Shift): string {
  const rows = `of rows ${count(first)} to ${count(last)}`;
  const sure = `(evidence ${Math.round(evidence)})`;
  if (offset === null) return `${rows} agree with the music no better than chance ${sure}`;
  const distance = Math.abs(offset) === 1 ? 'one row' : `${Math.abs(offset)} rows`;
  return `${rows} are of the music ${distance} ${offset < 0 ? 'before' : 'after'} ${sure}`;
}
