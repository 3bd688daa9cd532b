import type { DrawChart, Plot } from '../charts/draw-chart.ts';
import { rateChart } from '../charts/timeline-chart.ts';
import { duration, short, whole } from '../format-number.ts';
import { html, type Markup } from '../html.ts';
import type { ReportFacts, SettingsGroup } from '../report-facts.ts';
import { sessionRows } from './overview-section.ts';

const CELL_CHARACTERS = 400;

export function runSection(plot: Plot, draw: DrawChart, facts: ReportFacts): Markup {
  const { stages, sessions, settings, timeline } = facts;
  const hasPoints = Object.values(timeline.stages).some((points) => points.length > 0);
  const pauses = timeline.sessions.filter(({ pause }) => pause !== null).length;
  return html`<section id="run" aria-labelledby="run-title">
<h2 id="run-title">The run</h2>
${
  hasPoints &&
  html`<figure class="card wide" id="rate"><h3>Rate over time</h3>
<p class="legend"><span class="key bar-1">MIDI</span><span class="key bar-2">text</span></p>
<div class="plot scroll" tabindex="0" role="region" aria-label="Rate over time">${rateChart(plot, draw, timeline)}</div>
<figcaption>Every dot is a checkpoint (of several within a moment the last), its height the pairs a second since the one before. ${pauses > 0 ? 'A dashed line is where a session ended, with the way it did; the pauses are left out.' : 'The run was never interrupted.'}</figcaption></figure>`
}
<div class="columns">
<div><h3>Stages</h3><table><thead><tr><th scope="col">Stage</th><th scope="col" class="number">Done</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Time</th><th scope="col" class="number">Pairs a second</th></tr></thead><tbody>${Object.entries(
    stages,
  ).map(
    ([name, { done, failed, seconds, pairs_per_second: rate }]) =>
      html`<tr><th scope="row">${name}</th><td class="number">${whole(done)}</td><td class="number">${whole(failed)}</td><td class="number">${duration(seconds)}</td><td class="number">${rate === null ? '' : short(rate)}</td></tr>`,
  )}</tbody></table></div>
<div><h3>Sessions</h3><table><thead><tr><th scope="col">Session</th><th scope="col">Began (UTC)</th><th scope="col" class="number">Time</th><th scope="col">Ended</th></tr></thead><tbody>${sessionRows(sessions.slice(-20))}</tbody></table>${sessions.length > 20 && html`<p class="aside">The latest 20 of ${whole(sessions.length)}.</p>`}</div>
</div>
<h3>Settings</h3>
${settings.map(settingsOf)}
</section>`;
}

function settingsOf({ title, entries }: SettingsGroup): Markup {
  return html`<details class="settings"><summary>${title}</summary><dl>${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value.length > CELL_CHARACTERS ? `${value.slice(0, CELL_CHARACTERS)}…` : value}</dd></div>`)}</dl></details>`;
}
