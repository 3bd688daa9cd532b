import type { CaptionMap } from '../caption-map.ts';
import { colouringsOf, mapChart, placeOnMap } from '../charts/map-chart.ts';
import { percent, short, whole } from '../format-number.ts';
import { html, type Markup } from '../html.ts';
import type { PointData } from '../page-data.ts';
import { cardAnchor } from '../pair-card.ts';

const CAPTION_CHARACTERS = 160;
const CHECKED = html` checked`;

export interface MapSection {
  readonly markup: Markup;
  readonly points: readonly PointData[];
}

export function mapSection(map: CaptionMap | null, cards: ReadonlySet<number>): MapSection {
  if (map === null) {
    const markup = html`<section id="map" aria-labelledby="map-title"><h2 id="map-title">Map of the captions</h2><p class="lead">The rows have no embeddings to make a map of.</p></section>`;
    return { markup, points: [] };
  }
  const colourings = colouringsOf(map);
  const [first] = colourings;
  const [x, y] = map.explained;
  const markup = html`<section id="map" aria-labelledby="map-title">
<h2 id="map-title">Map of the captions</h2>
<p class="lead">${whole(map.points.length)} captions by their embeddings: neighbours say similar things. The plane is that of the first two principal components and shows ${percent(x + y, 1)} of the variance; groups that are apart here are apart, groups that are together may not be.</p>
<div class="mapbox" data-colour="${first?.letter ?? ''}">
${
  colourings.length > 0 &&
  html`<fieldset class="choices"><legend>Colour by</legend>${colourings.map(({ letter, name }, at) => html`<label><input type="radio" name="colour" value="${letter}"${at === 0 && CHECKED}>${name}</label>`)}</fieldset>`
}
${colourings.map(({ letter, groups }) => html`<ul class="legend of-${letter}">${groups.map((group, at) => html`<li><span class="dot ${letter}${at}"></span>${group}</li>`)}</ul>`)}
<div class="plane" tabindex="0" role="group" aria-label="Map of the captions; the arrow keys go from point to point" id="plane">${mapChart(map, colourings)}<div class="tip" id="tip" hidden></div></div>
<p class="unseen" role="status" id="point"></p>
</div>
</section>`;
  return { markup, points: pointsOf(map, cards) };
}

function pointsOf(map: CaptionMap, cards: ReadonlySet<number>): readonly PointData[] {
  const places = placeOnMap(map);
  return map.points.map(({ index, name, caption, tempo, key, instrument, split }, at) => {
    const [x, y] = places[at] ?? [0, 0];
    const facts = [tempo === undefined ? undefined : `${short(tempo)} BPM`, key, instrument, split];
    return {
      x,
      y,
      name: name.split(/[\\/]/).at(-1) ?? name,
      caption: caption.length > CAPTION_CHARACTERS ? `${caption.slice(0, CAPTION_CHARACTERS)}…` : caption,
      facts: facts.filter((fact) => fact !== undefined).join(' · '),
      card: cards.has(index) ? cardAnchor(index) : null,
    };
  });
}
