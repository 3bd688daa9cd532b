import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openChartRoom } from './charts/draw-chart.ts';
import { whole } from './format-number.ts';
import { html, jsonMarkup, Markup } from './html.ts';
import type { PageData } from './page-data.ts';
import type { ReportFacts } from './report-facts.ts';
import type { RowSample } from './sample-rows.ts';
import { distributionSection } from './sections/distribution-section.ts';
import { faultSection } from './sections/fault-section.ts';
import { type Drawings, gallerySection } from './sections/gallery-section.ts';
import { mapSection } from './sections/map-section.ts';
import { overviewSection } from './sections/overview-section.ts';
import { runSection } from './sections/run-section.ts';
import type { TokenReader } from './token-reader.ts';

/**
 * The page as one file: no text of it runs or is read as markup, whatever captions and names say. The security policy
 * allows the one script and the one style sheet by their hashes, and nothing from anywhere else.
 */
export async function renderPage(
  facts: ReportFacts,
  sample: RowSample,
  reader: TokenReader,
  drawings?: Drawings,
): Promise<string> {
  const rows = sample.gallery();
  const [{ plot, draw }, script, style] = await Promise.all([openChartRoom(), asset('report.js'), asset('report.css')]);
  const gallery = gallerySection(rows, facts.pairs.rows, reader, drawings);
  const map = mapSection(facts.map, new Set(rows.map(({ index }) => index)));
  const data: PageData = { cards: gallery.cards, points: map.points };
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="midiloom">
<title>${facts.title}: data set report</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#overview">Skip to the report</a>
<header class="top">
<div class="title"><p class="product">midiloom report</p><h1><bdi>${facts.title}</bdi></h1>
<p class="when"><span class="state ${facts.state}">${facts.state}</span> ${whole(facts.pairs.rows)} pairs · <time datetime="${facts.made_at}">${facts.made_at.slice(0, 16).replace('T', ' ')} UTC</time></p></div>
<button type="button" id="theme" hidden>Theme: system</button>
</header>
<nav aria-label="Sections"><ul>${SECTIONS.map(([anchor, title]) => html`<li><a href="#${anchor}">${title}</a></li>`)}</ul></nav>
<main>
${overviewSection(facts)}
${distributionSection(plot, draw, facts.distributions)}
${gallery.markup}
${map.markup}
${faultSection(facts, sample, reader)}
${runSection(plot, draw, facts)}
</main>
<footer><p>Made by midiloom from the run's own records. Random samples are drawn by a hash of each pair's position, so that they are the same every time.</p></footer>
<script type="application/json" id="data">${jsonMarkup(data)}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return page.text;
}

const SECTIONS = [
  ['overview', 'At a glance'],
  ['distributions', 'What is in it'],
  ['pairs', 'See and hear'],
  ['map', 'Map'],
  ['wrong', 'What is wrong'],
  ['run', 'The run'],
] as const;

function policyFor(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

/** What the build made of `src/page/report/`: from `src/` and from `dist/` alike in the package's `dist/page`. */
async function asset(name: string): Promise<string> {
  return (await readFile(new URL(`../../dist/page/${name}`, import.meta.url), 'utf8')).trim();
}
