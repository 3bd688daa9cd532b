import { whole } from '../format-number.ts';
import { html, type Markup } from '../html.ts';
import type { CardData } from '../page-data.ts';
import { pairCard } from '../pair-card.ts';
import type { PieceDrawing } from '../piece-drawing.ts';
import type { GalleryRow } from '../sample-rows.ts';
import type { TokenReader } from '../token-reader.ts';

export interface Gallery {
  readonly markup: Markup;
  readonly cards: readonly CardData[];
}

/** Drawings of rows, by their indexes, that were made before. */
export type Drawings = ReadonlyMap<number, PieceDrawing | undefined>;

export function gallerySection(
  rows: readonly GalleryRow[],
  total: number,
  reader: TokenReader,
  drawings: Drawings = new Map(),
): Gallery {
  if (rows.length === 0) return { markup: html``, cards: [] };
  const cards = rows.map((row) => pairCard(row, reader, drawings.get(row.index)));
  const which =
    rows.length === total
      ? 'All pairs'
      : `${whole(rows.length)} of ${whole(total)} pairs, chosen at random and the same in every report, with some whose captions are contradicted`;
  return {
    cards: cards.map(({ data }) => data),
    markup: html`<section id="pairs" aria-labelledby="pairs-title">
<h2 id="pairs-title">See and hear the pairs</h2>
<p class="lead">${which}. Pictures and sound are made from the tokens: what a model would learn from.</p>
<form class="controls" role="search" aria-label="Pairs">
<label class="grow">Search<input type="search" id="search" placeholder="caption, file, instrument, chord" autocomplete="off"></label>
${FILTERS.map(([name, title]) =>
  selectOf(
    name,
    title,
    cards.flatMap(({ data }) => data.filter[name] ?? []),
  ),
)}
<label>Sort by<select id="sort">${SORTS.map(([name, title]) => html`<option value="${name}">${title}</option>`)}</select></label>
<button type="button" id="order" aria-pressed="false">Descending</button>
<output id="found" role="status">${whole(rows.length)} shown</output>
</form>
<div class="gallery" id="gallery">${cards.map(({ markup }) => markup)}</div>
<p class="empty" id="none" hidden>No pair of the sample matches.</p>
</section>`,
  };
}

const SORTS = [
  ['index', 'position'],
  ['tempo', 'tempo'],
  ['duration', 'duration'],
  ['notes', 'notes'],
  ['density', 'note density'],
  ['polyphony', 'polyphony'],
  ['instruments', 'instruments'],
  ['tokens', 'tokens'],
  ['words', 'caption words'],
] as const;

const FILTERS = [
  ['key', 'Key'],
  ['meter', 'Meter'],
  ['tempo', 'Tempo'],
  ['family', 'Instruments'],
  ['split', 'Split'],
] as const;

function selectOf(name: string, title: string, values: readonly string[]): Markup | false {
  const distinct = [...new Set(values)].sort();
  if (distinct.length < 2) return false;
  return html`<label>${title}<select data-filter="${name}"><option value="">any</option>${distinct.map((value) => html`<option>${value}</option>`)}</select></label>`;
}
