import { categoryChart } from '../charts/category-chart.ts';
import type { DrawChart, Plot } from '../charts/draw-chart.ts';
import { numberChart } from '../charts/number-chart.ts';
import type { CategoryDistribution, Distribution, NumberDistribution } from '../distributions/distribution.ts';
import { counted, duration, short, whole } from '../format-number.ts';
import { html, type Markup } from '../html.ts';

export function distributionSection(plot: Plot, draw: DrawChart, distributions: readonly Distribution[]): Markup {
  if (distributions.length === 0) return html``;
  return html`<section id="distributions" aria-labelledby="distributions-title">
<h2 id="distributions-title">What is in it</h2>
<p class="lead">Each chart counts every pair of the data set. The band marks the middle half, the line the median.</p>
<div class="charts">${distributions.map((distribution) => figureOf(plot, draw, distribution))}</div>
</section>`;
}

function figureOf(plot: Plot, draw: DrawChart, distribution: Distribution): Markup {
  const { id, title, note } = distribution;
  const isNumber = distribution.kind === 'numbers';
  const chart = isNumber ? numberChart(plot, draw, distribution) : categoryChart(plot, draw, distribution);
  return html`<figure class="card" id="${id}">
<h3>${title}</h3>
${!isNumber && distribution.bars.some(({ series }) => series !== undefined) && html`<p class="legend"><span class="key bar-1">major</span><span class="key bar-2">minor</span></p>`}
<div class="plot">${chart}</div>
${isNumber ? percentiles(distribution) : othersOf(distribution)}
<figcaption>${note}</figcaption>
</figure>`;
}

function percentiles({ facts, format, binned, title }: NumberDistribution): Markup {
  const written = format === 'duration' ? duration : short;
  const columns: readonly (readonly [string, number])[] = [
    ['min', facts.min],
    ['5 %', facts.p5],
    ['25 %', facts.p25],
    ['50 %', facts.p50],
    ['75 %', facts.p75],
    ['95 %', facts.p95],
    ['max', facts.max],
    ['mean', facts.mean],
  ];
  const outside = binned.below + binned.above;
  return html`<table class="percentiles"><caption class="unseen">Percentiles of ${title.toLowerCase()}</caption>
<thead><tr>${columns.map(([name]) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody><tr>${columns.map(([, value]) => html`<td>${written(value)}</td>`)}</tr></tbody></table>
${outside > 0 && html`<p class="aside">${counted(outside, 'pair is', 'pairs are')} too far out to be drawn.</p>`}`;
}

function othersOf({ others, unit }: CategoryDistribution): Markup {
  if (others.categories === 0) return html``;
  return html`<p class="aside">And ${whole(others.categories)} more, ${whole(others.count)} ${unit} in all.</p>`;
}
