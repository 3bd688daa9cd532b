import type { RepairKey } from '../../midi/repairs.ts';
import { counted, percent, whole } from '../format-number.ts';
import { html, type Markup } from '../html.ts';
import type { ReportFacts } from '../report-facts.ts';
import type { CountedRows, RepeatedFacts, RowReference } from '../row-faults.ts';

export function faultSection({ failures, faults, pairs }: ReportFacts): Markup {
  return html`<section id="wrong" aria-labelledby="wrong-title">
<h2 id="wrong-title">What is wrong</h2>
${failureTable(failures, pairs.total)}
${repairTable(faults.repairs, pairs.rows)}
${repeated('equal-notes', 'Pieces with the same notes', faults.equal_notes, 'One piece with several captions can be meant; in different splits it lets a model see its test.')}
${repeated('equal-captions', 'Captions that are the same', faults.equal_captions, 'Case and white space aside. A caption of many pieces tells a model little about any of them.')}
${shortCaptions(faults.short_captions, pairs.rows)}
</section>`;
}

function failureTable(failures: ReportFacts['failures'], total: number): Markup {
  if (failures.length === 0) return html`<h3 id="failures">Failures</h3><p class="good-news">No pair failed.</p>`;
  return html`<h3 id="failures">Failures</h3>
<p>All of them are in <code>dataset/failures.jsonl</code>, and <code>--mode retry</code> tries them again.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Failures"><table>
<thead><tr><th scope="col">Reason</th><th scope="col">Stage</th><th scope="col" class="number">Pairs</th><th scope="col" class="number">Share</th><th scope="col">Examples</th></tr></thead>
<tbody>${failures.map(
    ({ stage, code, count, examples }) =>
      html`<tr><th scope="row"><code>${code}</code></th><td>${stage}</td><td class="number">${whole(count)}</td><td class="number">${percent(count, total)}</td><td><ul>${examples.map(({ index, error }) => html`<li><span class="index">${whole(index)}</span> <bdi>${error.slice(0, 300)}</bdi></li>`)}</ul></td></tr>`,
  )}</tbody></table></div>`;
}

const REPAIR_MEANINGS: Readonly<Record<RepairKey, string>> = {
  leading_bytes: 'bytes before the header skipped',
  rmid_wrapper: 'taken out of a RIFF container',
  header_length: 'header of an unusual length',
  unknown_format: 'unknown format read as format 1',
  smpte_division: 'SMPTE time converted to quarters',
  unknown_chunk: 'unknown chunk skipped',
  truncated_chunk: 'chunk longer than the file, read to its end',
  extra_tracks: 'tracks beyond the number in the header ignored',
  missing_tracks: 'fewer tracks than the header promises',
  missing_end_of_track: 'track without its end mark',
  truncated_event: 'event cut off by the end of its track',
  data_byte_clamped: 'data bytes over 127 read as 127',
  undefined_status: 'undefined status bytes skipped',
  short_meta_event: 'meta event too short for its type ignored',
  tempo_zero: 'tempo 0 ignored',
  bad_time_signature: 'time signature with a zero ignored',
  unmatched_note_on: 'notes without an end dropped',
};

function meaningOf(name: string): string {
  const found = Object.entries(REPAIR_MEANINGS).find(([key]) => key === name);
  return found?.[1] ?? '';
}

function repairTable(repairs: readonly CountedRows[], rows: number): Markup {
  if (repairs.length === 0)
    return html`<h3 id="repairs">Repairs</h3><p class="good-news">The decoder had nothing to mend.</p>`;
  return html`<h3 id="repairs">Repairs</h3>
<p>Faults of the MIDI files that the decoder mended on its way; the pairs are in the data set.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Repairs"><table>
<thead><tr><th scope="col">What</th><th scope="col" class="number">Pairs</th><th scope="col" class="number">Share</th><th scope="col" class="number">Times</th><th scope="col">Examples</th></tr></thead>
<tbody>${repairs.map(
    ({ name, rows: repaired, times, examples }) =>
      html`<tr><th scope="row"><code>${name}</code> ${meaningOf(name)}</th><td class="number">${whole(repaired)}</td><td class="number">${percent(repaired, rows)}</td><td class="number">${whole(times)}</td><td>${examples.slice(0, 3).map((row) => html`<span class="file">${placeOf(row)}</span> `)}</td></tr>`,
  )}</tbody></table></div>`;
}

function repeated(id: string, title: string, facts: RepeatedFacts, why: string): Markup {
  if (facts.groups.length === 0) {
    return html`<h3 id="${id}">${title}</h3><p class="good-news">None${!facts.complete && ` among a sample of ${whole(facts.compared)}`}.</p>`;
  }
  const found = facts.complete
    ? `${counted(facts.repeats, 'row repeats', 'rows repeat')} an earlier one.`
    : `In a random sample of ${whole(facts.compared)}, ${percent(facts.repeats, facts.rows)} of the rows repeat an earlier one.`;
  return html`<h3 id="${id}">${title}</h3><p>${found} ${why}</p>
<div class="groups">${facts.groups.map(({ count, members }) => groupOf(count, members))}</div>`;
}

function groupOf(count: number, members: readonly RowReference[]): Markup {
  const more = count - members.length;
  return html`<div class="group"><p class="count">${whole(count)} rows</p><ol>${members.map((row) => html`<li><span class="file">${placeOf(row)}</span><span class="caption" dir="auto">${row.caption}</span></li>`)}</ol>${more > 0 && html`<p class="aside">and ${whole(more)} more</p>`}</div>`;
}

function shortCaptions({ rows: found, examples }: CountedRows, rows: number): Markup {
  const title = 'Captions of fewer than five words';
  if (found === 0) return html`<h3 id="short-captions">${title}</h3><p class="good-news">None.</p>`;
  return html`<h3 id="short-captions">${title}</h3><p>${counted(found, 'pair')}, ${percent(found, rows)}.</p>
<div class="groups"><div class="group"><ol>${examples.map((row) => html`<li><span class="file">${placeOf(row)}</span><span class="caption" dir="auto">${row.caption}</span></li>`)}</ol></div></div>`;
}

function placeOf({ index, midiFile, id }: RowReference): Markup {
  return html`<span class="index">${whole(index)}</span> <bdi>${midiFile ?? id}</bdi>`;
}
