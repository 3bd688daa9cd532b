import type { SessionTimes } from '../../stats/processing-stats.ts';
import { copiesOf, findings } from '../findings.ts';
import { compact, duration, percent, short, whole } from '../format-number.ts';
import { html, type Markup } from '../html.ts';
import type { ReportFacts } from '../report-facts.ts';

export function overviewSection(facts: ReportFacts): Markup {
  const { pairs } = facts;
  return html`<section id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">At a glance</h2>
<div class="tiles">${tilesOf(facts)}</div>
<figure class="outcome">${outcomeBar(pairs)}<figcaption><span class="key done">${whole(pairs.rows)} in the data set</span>${pairs.left_out > 0 && html`<span class="key left-out">${whole(pairs.left_out)} left out</span>`}<span class="key failed">${whole(pairs.failed)} failed</span><span class="key pending">${whole(pairs.pending)} pending</span></figcaption></figure>
<h3 id="findings">Worth a look</h3>
<ul class="findings">${findings(facts).map(({ weight, text, href }) => html`<li class="${weight}"><span class="badge">${weight}</span><a href="${href}">${text}</a></li>`)}</ul>
</section>`;
}

function tilesOf({ pairs, distributions, curation, stages }: ReportFacts): readonly Markup[] {
  const tile = (value: string, name: string, detail = ''): Markup =>
    html`<div class="tile"><strong>${value}</strong><span>${name}</span>${detail !== '' && html`<small>${detail}</small>`}</div>`;
  const meanOf = (id: string): number | undefined => {
    const found = distributions.find((distribution) => distribution.id === id);
    return found?.kind === 'numbers' ? found.facts.mean * found.facts.count : undefined;
  };
  const [music, tokens] = [meanOf('duration'), meanOf('tokens')];
  const seconds = Math.max(...Object.values(stages).map((stage) => stage.seconds), 0);
  const succeeded = pairs.rows + pairs.left_out;
  const done = succeeded + pairs.failed;
  return [
    tile(whole(pairs.rows), 'pairs', `of ${whole(pairs.total)} in the manifest`),
    tile(pairs.success_rate === null ? 'none' : percent(succeeded, done), 'succeeded', `${whole(pairs.failed)} failed`),
    ...(music === undefined ? [] : [tile(hours(music), 'of music')]),
    ...(tokens === undefined
      ? []
      : [tile(compact(tokens), 'tokens', `${short(tokens / Math.max(pairs.rows, 1))} a pair`)]),
    ...(curation === null
      ? []
      : [tile(whole(copiesOf(curation)), 'copies', `${whole(curation.duplicates.dropped)} left out`)]),
    tile(duration(seconds), 'of work', seconds > 0 ? `${short(done / seconds)} pairs a second` : ''),
  ];
}

function hours(seconds: number): string {
  return seconds < 5400 ? `${short(seconds / 60)} min` : `${short(seconds / 3600)} h`;
}

function outcomeBar({ total, rows, left_out: leftOut, failed, pending }: ReportFacts['pairs']): Markup {
  const all = Math.max(total, rows + leftOut + failed + pending, 1);
  const widths = [rows, leftOut, failed, pending].map((count) => (1000 * count) / all);
  const classes = ['done', 'left-out', 'failed', 'pending'];
  let left = 0;
  const parts = widths.map((width, at) => {
    // What is not nothing can be seen.
    const shown = width > 0 ? Math.max(width, 4) : 0;
    const part = html`<rect class="${classes[at] ?? ''}" x="${Math.min(left, 1000 - shown).toFixed(1)}" width="${shown.toFixed(1)}" height="14"/>`;
    left += width;
    return part;
  });
  const label = `${percent(rows, all)} of the pairs are in the data set, ${percent(leftOut, all)} were left out, ${percent(failed, all)} failed, ${percent(pending, all)} are pending.`;
  return html`<svg viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label="${label}">${parts}</svg>`;
}

/** The sessions, for people who want to know when. */
export function sessionRows(sessions: readonly SessionTimes[]): readonly Markup[] {
  return sessions.map(
    ({ session_id, started_at, seconds, status }) =>
      html`<tr><th scope="row">${session_id}</th><td><time datetime="${started_at}">${started_at.slice(0, 19).replace('T', ' ')}</time></td><td class="number">${seconds === null ? 'unknown' : duration(seconds)}</td><td>${status === 'current' ? 'made this page' : status}</td></tr>`,
  );
}
