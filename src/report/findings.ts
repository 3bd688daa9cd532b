import { counted, percent, whole } from './format-number.ts';
import type { ReportFacts } from './report-facts.ts';

/** Something worth a look, with the place on the page that shows it. */
export interface Finding {
  readonly weight: 'good' | 'note' | 'warning';
  readonly text: string;
  /** Anchor. */
  readonly href: string;
}

/** Share from which a fault is a warning and no mere note. */
const MANY = 0.01;

/** What a reader should know before anything else, the gravest first. */
export function findings(facts: ReportFacts): readonly Finding[] {
  const observed = facts.distributions.flatMap(({ id, finding }): Finding[] =>
    finding === null ? [] : [{ weight: 'note', text: finding, href: `#${id}` }],
  );
  const found = [...failureFindings(facts), ...captionFindings(facts), ...musicFindings(facts), ...observed];
  if (found.length === 0)
    return [{ weight: 'good', text: 'Nothing stands out: no failures, repairs or copies.', href: '#wrong' }];
  const order = { warning: 0, note: 1, good: 2 };
  return found.sort((a, b) => order[a.weight] - order[b.weight]);
}

function failureFindings({ pairs, sessions }: ReportFacts): Finding[] {
  const done = pairs.rows + pairs.left_out + pairs.failed;
  const stopped = sessions.filter(
    ({ status }) => status === 'killed' || status === 'interrupted' || status === 'failed',
  );
  return [
    ...when(
      pairs.failed,
      done,
      '#wrong',
      `${counted(pairs.failed, 'pair')} failed, ${percent(pairs.failed, done)} of those done.`,
    ),
    ...when(
      pairs.pending,
      0,
      '#run',
      `${counted(pairs.pending, 'pair is', 'pairs are')} not done yet: all figures are of the others.`,
    ),
    ...(stopped.length > 0
      ? [note('#run', `${whole(stopped.length)} of ${counted(sessions.length, 'session')} did not come to an end.`)]
      : []),
  ];
}

function captionFindings({ faults, curation, pairs: { rows } }: ReportFacts): Finding[] {
  const { with_contradictions: wrong = 0, shifts = [] } = curation?.captions ?? {};
  const { equal_captions: equal, short_captions: few, truncated_captions: cut } = faults;
  const sampled = equal.complete ? '' : ' (in a sample)';
  const shifted = shifts.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return [
    ...when(
      shifted,
      0,
      '#shifts',
      `${counted(shifted, 'caption seems', 'captions seem')} to belong to other rows, in ${counted(shifts.length, 'stretch', 'stretches')}.`,
    ),
    ...when(
      wrong,
      rows,
      '#contradictions',
      `${counted(wrong, 'caption states', 'captions state')} what the music contradicts.`,
    ),
    ...when(
      equal.repeats,
      equal.rows,
      '#equal-captions',
      `${counted(equal.repeats, 'caption repeats', 'captions repeat')} an earlier one${sampled}.`,
    ),
    ...when(
      few.rows,
      rows,
      '#short-captions',
      `${counted(few.rows, 'caption has', 'captions have')} fewer than five words.`,
    ),
    ...when(
      cut.rows,
      rows,
      '#caption-words',
      `${counted(cut.rows, 'caption was', 'captions were')} cut at the limit of the text model.`,
    ),
  ];
}

function musicFindings({ faults, curation, pairs: { rows } }: ReportFacts): Finding[] {
  const { repairs, cut_sequences: cut } = faults;
  const { dropped_notes: dropped = 0, notes = 0 } = curation?.losses ?? {};
  const repaired = repairs.reduce((sum, { times }) => sum + times, 0);
  const copies = copiesOf(curation);
  const rejected = curation?.filters?.rejected ?? 0;
  return [
    ...when(copies, rows, '#copies', `${counted(copies, 'piece is a copy', 'pieces are copies')} of an earlier one.`),
    ...when(
      dropped,
      notes,
      '#losses',
      `${counted(dropped, 'note is', 'notes are')} not in the tokens, ${percent(dropped, notes)} of all.`,
    ),
    ...when(
      cut.rows,
      rows,
      '#tokens',
      `${counted(cut.rows, 'token sequence was', 'token sequences were')} cut: ${whole(cut.times)} tokens are not in the data set.`,
    ),
    ...(repaired > 0 ? [note('#repairs', `The decoder mended ${counted(repaired, 'fault')} in the MIDI files.`)] : []),
    ...(rejected > 0 ? [note('#filters', `The filters rejected ${counted(rejected, 'pair')}.`)] : []),
  ];
}

/** Pieces that are like an earlier one; those that were dropped count too. */
export function copiesOf(curation: ReportFacts['curation']): number {
  return curation === null ? 0 : curation.duplicates.pairs - curation.duplicates.groups;
}

function note(href: string, text: string): Finding {
  return { weight: 'note', text, href };
}

function when(count: number, of: number, href: string, text: string): Finding[] {
  return count === 0 ? [] : [{ weight: count > MANY * of ? 'warning' : 'note', text, href }];
}
