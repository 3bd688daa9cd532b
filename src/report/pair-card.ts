import { duration, short, whole } from './format-number.ts';
import { html, Markup } from './html.ts';
import { markedCaption } from './marked-caption.ts';
import type { CardData } from './page-data.ts';
import { partClass } from './part-class.ts';
import { drawPiece } from './piece-drawing.ts';
import type { GalleryRow } from './sample-rows.ts';
import type { TokenReader } from './token-reader.ts';

const CAPTION_CHARACTERS = 1200;
const SHOWN_TOKENS = 32;
/** Features of a row's table whose text would be longer are cut. */
const VALUE_CHARACTERS = 120;

/** Anchor of a row's card. */
export function cardAnchor(index: number): string {
  return `pair-${index}`;
}

/** A pair to look at and listen to: picture, caption, facts. @param drawn - where it was drawn before. */
export function pairCard(
  row: GalleryRow,
  reader: TokenReader,
  drawn = drawPiece(row, reader),
): { readonly markup: Markup; readonly data: CardData } {
  const feature = featuresOf(row);
  const shown = drawn?.shown;
  const name = row.midiFile ?? row.id;
  const instruments = feature.texts('instruments');
  const data: CardData = {
    sort: {
      index: row.index,
      tempo: feature.number('tempo_bpm'),
      duration: feature.number('duration_seconds'),
      notes: feature.number('n_notes'),
      density: feature.number('notes_per_second'),
      polyphony: feature.number('polyphony'),
      instruments: feature.number('n_instruments'),
      tokens: row.sequenceLength,
      words: row.captionWords,
    },
    filter: {
      key: feature.texts('key'),
      meter: feature.texts('time_signature'),
      tempo: feature.texts('tempo_word'),
      family: feature.texts('instrument_families'),
      split: row.split === undefined ? [] : [row.split],
    },
    play: shown?.play ?? null,
  };
  const anchor = cardAnchor(row.index);
  const markup = html`<article class="card pair" id="${anchor}" aria-labelledby="${anchor}-title">
<header><h3 id="${anchor}-title"><bdi>${fileName(name)}</bdi></h3><span class="index">${whole(row.index)}</span></header>
<div class="stage">${shown === undefined ? html`<p class="silent">no notes</p>` : new Markup(shown.svg)}<span class="cursor" hidden></span></div>
<div class="transport">${shown !== undefined && html`<button type="button" class="play" aria-label="Play ${fileName(name)}">Play</button><span class="time">${duration(drawn?.seconds ?? 0)}</span>`}</div>
<p class="caption" dir="auto">${markedCaption(row.caption, row.agreement, CAPTION_CHARACTERS)}</p>
<ul class="chips">${chipsOf(row, feature).map((chip) => html`<li>${chip}</li>`)}</ul>
<ul class="parts">${instruments
    .slice(0, 10)
    .map(
      (instrument, at) =>
        html`<li>${swatch(drawn === undefined ? -1 : colourPosition(row, at, drawn.programs))}${instrument}</li>`,
    )}</ul>
<details><summary>Features and tokens</summary>
<dl>${detailsOf(row).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
<p class="tokens">${reader.textOf(row.tokens, SHOWN_TOKENS).join(' · ')} …</p>
</details>
</article>`;
  return { markup, data };
}

/** Which colour of the picture an instrument has: that of the first part with its program. */
function colourPosition(row: GalleryRow, at: number, programs: readonly number[]): number {
  const { programs: named } = row.features;
  const program: unknown = Array.isArray(named) ? named[at] : undefined;
  return programs.indexOf(program === 128 ? -1 : Number(program));
}

function swatch(position: number): Markup | false {
  return (
    position >= 0 &&
    html`<svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2" class="${partClass(position)}"/></svg>`
  );
}

function chipsOf(row: GalleryRow, feature: ReturnType<typeof featuresOf>): readonly string[] {
  const [tempo, seconds, notes] = [
    feature.number('tempo_bpm'),
    feature.number('duration_seconds'),
    feature.number('n_notes'),
  ];
  return [
    ...(tempo === null ? [] : [`${short(tempo)} BPM`]),
    ...feature.texts('key'),
    ...feature.texts('time_signature'),
    ...(seconds === null ? [] : [duration(seconds)]),
    ...(notes === null ? [] : [`${whole(notes)} notes`]),
    `${whole(row.sequenceLength)} tokens`,
    ...(row.split === undefined ? [] : [row.split]),
  ];
}

function featuresOf({ features }: GalleryRow) {
  return {
    number(name: string): number | null {
      const value = features[name];
      return typeof value === 'number' ? value : null;
    },
    /** A text, or each of a list. */
    texts(name: string): readonly string[] {
      const value = features[name];
      if (typeof value === 'string') return [value];
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    },
  };
}

function detailsOf({ features, midiFile, id }: GalleryRow): readonly (readonly [string, string])[] {
  const entries = Object.entries(features).flatMap(([name, value]): (readonly [string, string])[] => {
    const text = valueText(value);
    return text === '' ? [] : [[name.replaceAll('_', ' '), text]];
  });
  return [['file', midiFile ?? 'unknown'], ['id', id], ...entries];
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(5)));
  const text = Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
  return text.length > VALUE_CHARACTERS ? `${text.slice(0, VALUE_CHARACTERS)}…` : text;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
