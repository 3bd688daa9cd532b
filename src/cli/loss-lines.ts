import type { LossFacts, WorstRow } from '../stats/loss-counts.ts';
import { DROP_MEANINGS, DROP_REASONS } from '../tokens/drop-reasons.ts';
import { count } from './count.ts';
import { printable } from './printable.ts';

/** Kinds that are named of each list; the report and `processing_stats.json` have all. */
const SHOWN = 5;

/** What the summary of a run says of losses and repairs; nothing where there are none. */
export function lossLines(losses: LossFacts): string[] {
  const { notes, dropped_notes: dropped, dropped_share: share, worst } = losses;
  const reasons = DROP_REASONS.flatMap((reason) => {
    const lost = losses.dropped_by[reason] ?? 0;
    return lost > 0 ? [`${count(lost)} ${DROP_MEANINGS[reason]}`] : [];
  });
  const meters = Object.entries(losses.replaced_meters);
  return [
    ...(dropped > 0
      ? [
          `  notes    ${count(dropped)} of ${count(notes)} (${percent(share)}) are not in the tokens: ${reasons.join(', ')}`,
          ...worst.slice(0, 1).map((row) => `           ${worstText(row)}`),
        ]
      : []),
    ...(meters.length > 0 ? [`  meters   said otherwise by the tokens: ${listed(meters)}`] : []),
    ...(losses.rows_with_replaced_tempos > 0
      ? [`  tempos   beyond those of the tokenizer in ${rows(losses.rows_with_replaced_tempos)}`]
      : []),
    ...(losses.rows_with_repairs > 0
      ? [`  repairs  in ${rows(losses.rows_with_repairs)}: ${listed(Object.entries(losses.repairs))}`]
      : []),
  ];
}

function worstText({ index, midi_file: file, dropped_share: share }: WorstRow): string {
  return `most of all those of pair ${index}${file === null ? '' : `, ${printable(file)}`}: ${percent(share)}`;
}

function listed(counts: readonly (readonly [string, number])[]): string {
  const shown = counts.slice(0, SHOWN).map(([name, times]) => `${printable(name)} ${count(times)}`);
  return [...shown, ...(counts.length > SHOWN ? [`${count(counts.length - SHOWN)} more`] : [])].join(', ');
}

function rows(number: number): string {
  return `${count(number)} ${number === 1 ? 'row' : 'rows'}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`;
}
