import type { ClaimKind } from '../../claims/claim.ts';
import { REPAIR_MEANINGS } from '../../midi/repair-meanings.ts';
import { DROP_MEANINGS, DROP_REASONS } from '../../tokens/drop-reasons.ts';
import { counted, percent, whole } from '../format-number.ts';
import { html, type Markup } from '../html.ts';
import { markedCaption } from '../marked-caption.ts';
import { cardAnchor } from '../pair-card.ts';
import { playedScore } from '../played-score.ts';
import type { ReportFacts } from '../report-facts.ts';
import type { CountedRows, RepeatedFacts, RowReference } from '../row-faults.ts';
import type { CopyGroup, GalleryRow, RowSample } from '../sample-rows.ts';
import { thumbnailSvg } from '../thumbnail-svg.ts';
import type { TokenReader } from '../token-reader.ts';

/** Something that was looked for; `found` is missing where there is none of it. */
interface Search {
  readonly id: string;
  readonly title: string;
  readonly found: Markup | undefined;
}

export function faultSection(facts: ReportFacts, sample: RowSample, reader: TokenReader): Markup {
  const [copies, contradicted] = [sample.copies(), sample.contradicted()];
  const { failures, faults, pairs, curation } = facts;
  const searches: readonly Search[] = [
    { id: 'failures', title: 'Failures', found: failureTable(failures, pairs.total) },
    { id: 'repairs', title: 'Repairs by the decoder', found: repairTable(faults.repairs, pairs.rows) },
    { id: 'losses', title: 'Notes that the tokens leave out', found: lossTable(curation) },
    { id: 'copies', title: 'Copies', found: copyGroups(curation, copies, reader) },
    {
      id: 'contradictions',
      title: 'Captions that the music contradicts',
      found: contradictions(curation, contradicted, pairs.rows),
    },
    { id: 'shifts', title: 'Captions that belong to other rows', found: shiftList(curation) },
    { id: 'filters', title: 'Rejected by the filters', found: filterTable(curation) },
    {
      id: 'equal-captions',
      title: 'Captions that are the same',
      found: repeated(
        faults.equal_captions,
        'Case and white space aside. A caption of many pieces tells a model little about any of them.',
      ),
    },
    {
      id: 'short-captions',
      title: 'Captions of fewer than five words',
      found: shortCaptions(faults.short_captions, pairs.rows),
    },
  ];
  const absent = searches.filter(({ found }) => found === undefined).map(({ title }) => title.toLowerCase());
  return html`<section id="wrong" aria-labelledby="wrong-title">
<h2 id="wrong-title">What is wrong</h2>
${searches.map(({ id, title, found }) => found !== undefined && html`<h3 id="${id}">${title}</h3>${found}`)}
${absent.length > 0 && html`<p class="good-news">Looked for and not found: ${absent.join('; ')}.</p>`}
</section>`;
}

function failureTable(failures: ReportFacts['failures'], total: number): Markup | undefined {
  if (failures.length === 0) return undefined;
  return html`<p>All of them are in <code>dataset/failures.jsonl</code>; <code>--mode retry</code> tries them again.</p>
<table class="stacked">
<thead><tr><th scope="col">Reason</th><th scope="col">Stage</th><th scope="col" class="number">Pairs</th><th scope="col" class="number">Share</th><th scope="col">Examples</th></tr></thead>
<tbody>${failures.map(
    ({ stage, code, count, examples }) =>
      html`<tr><th scope="row"><code>${code}</code></th><td data-name="stage">${stage}</td><td class="number" data-name="pairs">${whole(count)}</td><td class="number" data-name="share">${percent(count, total)}</td><td><ul>${examples.map(({ index, error }) => html`<li><span class="index">${whole(index)}</span> <bdi>${error.slice(0, 300)}</bdi></li>`)}</ul></td></tr>`,
  )}</tbody></table>`;
}

function meaningOf(name: string): string {
  const found = Object.entries(REPAIR_MEANINGS).find(([key]) => key === name);
  return found?.[1] ?? '';
}

function repairTable(repairs: readonly CountedRows[], rows: number): Markup | undefined {
  if (repairs.length === 0) return undefined;
  return html`<p>Faults of the MIDI files that were mended on the way; the pairs are in the data set.</p>
<table class="stacked">
<thead><tr><th scope="col">What</th><th scope="col" class="number">Pairs</th><th scope="col" class="number">Share</th><th scope="col" class="number">Times</th><th scope="col">Examples</th></tr></thead>
<tbody>${repairs.map(
    ({ name, rows: repaired, times, examples }) =>
      html`<tr><th scope="row"><code>${name}</code> ${meaningOf(name)}</th><td class="number" data-name="pairs">${whole(repaired)}</td><td class="number" data-name="share">${percent(repaired, rows)}</td><td class="number" data-name="times">${whole(times)}</td><td><ul>${examples.slice(0, 3).map((row) => html`<li class="file">${placeOf(row)}</li>`)}</ul></td></tr>`,
  )}</tbody></table>`;
}

const LINKS: Readonly<Record<string, string>> = {
  exact: 'the same file as an earlier pair',
  notes: 'the same notes',
  transposed: 'the same piece in another key, tempo or instrument',
  near: 'much of a piece in common',
};

function copyGroups(
  curation: ReportFacts['curation'],
  copies: readonly CopyGroup[],
  reader: TokenReader,
): Markup | undefined {
  if (curation === null || curation.duplicates.groups === 0) return undefined;
  const { groups, pairs, links, dropped } = curation.duplicates;
  const kinds = Object.entries(links).filter(([, count]) => count > 0);
  return html`<p>${counted(pairs, 'pair')} in ${counted(groups, 'group')} of copies: ${kinds.map(([kind, count]) => `${whole(count)} with ${LINKS[kind] ?? kind}`).join(', ')}. ${dropped > 0 ? `${whole(dropped)} of them were left out for it` : 'None was left out for it'}; each is in <code>dataset/duplicates.jsonl</code>. A group is always within one split.</p>
<div class="groups">${copies.map(
    ({ count, members }) =>
      html`<div class="group"><p class="count">${whole(count)} rows alike</p><div class="side">${members.map((row) => memberOf(row, reader))}</div></div>`,
  )}</div>`;
}

function memberOf(row: GalleryRow, reader: TokenReader): Markup {
  const score = reader.decode(row.tokens);
  return html`<div>${score !== undefined && thumbnailSvg(playedScore(score), 'Piano roll')}<span class="file">${placeOf(row)}</span><span class="caption" dir="auto">${row.caption.slice(0, 300)}</span></div>`;
}

function lossTable(curation: ReportFacts['curation']): Markup | undefined {
  const losses = curation?.losses;
  const meters = Object.entries(losses?.replaced_meters ?? {});
  if (losses === undefined || (losses.dropped_notes === 0 && meters.length === 0)) return undefined;
  const { notes, dropped_notes: dropped, dropped_by: by, rows_with_many: many, worst } = losses;
  const reasons = DROP_REASONS.filter((reason) => (by[reason] ?? 0) > 0);
  return html`<p>${counted(dropped, 'note')} of ${whole(notes)}, ${percent(dropped, notes)}; ${counted(many, 'row lacks', 'rows lack')} more than a tenth. Each row says so in <code>dropped_notes</code>, and <code>--filter dropped_share&lt;=0.01</code> leaves such rows out.</p>
${meters.length > 0 && html`<p>Time signatures that the tokens say otherwise: ${meters.map(([meter, rows]) => `${meter} in ${counted(rows, 'row')}`).join(', ')}.</p>`}
<table class="stacked">
<thead><tr><th scope="col">Why</th><th scope="col" class="number">Notes</th><th scope="col" class="number">Share</th></tr></thead>
<tbody>${reasons.map(
    (reason) =>
      html`<tr><th scope="row"><code>${reason}</code> ${DROP_MEANINGS[reason]}</th><td class="number" data-name="notes">${whole(by[reason] ?? 0)}</td><td class="number" data-name="share">${percent(by[reason] ?? 0, notes)}</td></tr>`,
  )}</tbody></table>
${worst.length > 0 && html`<p>Rows that lack most:</p><ol>${worst.slice(0, 10).map(({ index, midi_file: file, dropped_share: share }) => html`<li class="file"><span class="index">${whole(index)}</span> <bdi>${file ?? ''}</bdi> ${percent(share, 1)}</li>`)}</ol>`}`;
}

const KINDS: Readonly<Record<ClaimKind, string>> = {
  key: 'key and mode',
  tempo: 'tempo in BPM',
  tempo_word: 'tempo in words',
  meter: 'meter',
  instrument: 'instruments',
  duration: 'length',
  chords: 'chords',
  loudness: 'loudness',
  density: 'density',
};

function contradictions(
  curation: ReportFacts['curation'],
  rows: readonly GalleryRow[],
  total: number,
): Markup | undefined {
  const captions = curation?.captions;
  if (captions === undefined || captions.with_contradictions === 0) return undefined;
  const kinds = Object.entries(KINDS).flatMap(([kind, title]) => {
    const found = Object.entries(captions.kinds).find(([name]) => name === kind)?.[1];
    return found === undefined ? [] : [{ title, ...found }];
  });
  return html`<p>${counted(captions.with_contradictions, 'caption')}, ${percent(captions.with_contradictions, total)}: each claim is in the column <code>agreement</code>, and <code>--filter caption_contradictions=0</code> leaves such rows out.</p>
<table class="stacked">
<thead><tr><th scope="col">Claims about</th><th scope="col" class="number">Agree</th><th scope="col" class="number">Unsure</th><th scope="col" class="number">Contradict</th></tr></thead>
<tbody>${kinds.map(
    ({ title, agrees, unsure, contradicts }) =>
      html`<tr><th scope="row">${title}</th><td class="number" data-name="agree">${whole(agrees)}</td><td class="number" data-name="unsure">${whole(unsure)}</td><td class="number" data-name="contradict">${whole(contradicts)}</td></tr>`,
  )}</tbody></table>
<div class="groups"><div class="group"><ol>${rows.map(
    (row) =>
      html`<li><a class="file" href="#${cardAnchor(row.index)}">${placeOf(row)}</a><span class="caption" dir="auto">${markedCaption(row.caption, row.agreement, 300)}</span></li>`,
  )}</ol></div></div>`;
}

function shiftList(curation: ReportFacts['curation']): Markup | undefined {
  const shifts = curation?.captions.shifts ?? [];
  if (shifts.length === 0) return undefined;
  return html`<p>Along these rows captions agree with the music of other rows: a script may have lost or doubled one.</p>
<ul>${shifts.map(({ first, last, offset }) => html`<li>rows ${whole(first)} to ${whole(last)}: ${whereOf(offset)}</li>`)}</ul>`;
}

function whereOf(offset: number | null): string {
  if (offset === null) return 'they agree with the music no better than chance';
  return `each is of the music ${counted(Math.abs(offset), 'row')} ${offset < 0 ? 'before' : 'after'}`;
}

function filterTable(curation: ReportFacts['curation']): Markup | undefined {
  if (curation?.filters == null || curation.filters.rejected === 0) return undefined;
  const { rows, rejected, filters } = curation.filters;
  return html`<p>${counted(rejected, 'pair')} of ${whole(rows)}, ${percent(rejected, rows)}; all of them with their reasons are in <code>dataset/rejected.jsonl</code>.</p>
<table class="stacked">
<thead><tr><th scope="col">Filter</th><th scope="col" class="number">Rejected</th><th scope="col" class="number">By it alone</th><th scope="col" class="number">Without such a value</th></tr></thead>
<tbody>${filters.map(
    ({ filter, rejected: count, alone, absent }) =>
      html`<tr><th scope="row"><code>${filter}</code></th><td class="number" data-name="rejected">${whole(count)}</td><td class="number" data-name="by it alone">${whole(alone)}</td><td class="number" data-name="without such a value">${whole(absent)}</td></tr>`,
  )}</tbody></table>`;
}

function repeated({ complete, compared, rows, repeats, groups }: RepeatedFacts, why: string): Markup | undefined {
  if (groups.length === 0) return undefined;
  const found = complete
    ? `${counted(repeats, 'row repeats', 'rows repeat')} an earlier one.`
    : `In a random sample of ${whole(compared)}, ${percent(repeats, rows)} of the rows repeat an earlier one.`;
  return html`<p>${found} ${why}</p>
<div class="groups">${groups.map(({ count, members }) => groupOf(count, members))}</div>`;
}

function groupOf(count: number, members: readonly RowReference[]): Markup {
  const more = count - members.length;
  return html`<div class="group"><p class="count">${whole(count)} rows</p>${memberList(members)}${more > 0 && html`<p class="aside">and ${whole(more)} more</p>`}</div>`;
}

function shortCaptions({ rows: found, examples }: CountedRows, rows: number): Markup | undefined {
  if (found === 0) return undefined;
  return html`<p>${counted(found, 'pair')}, ${percent(found, rows)}.</p>
<div class="groups"><div class="group">${memberList(examples)}</div></div>`;
}

function memberList(members: readonly RowReference[]): Markup {
  return html`<ol>${members.map((row) => html`<li><span class="file">${placeOf(row)}</span><span class="caption" dir="auto">${row.caption}</span></li>`)}</ol>`;
}

function placeOf({ index, midiFile, id }: Pick<RowReference, 'index' | 'midiFile' | 'id'>): Markup {
  return html`<span class="index">${whole(index)}</span> <bdi>${midiFile ?? id}</bdi>`;
}
