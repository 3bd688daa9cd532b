import type { CaptionMap, MapPoint } from '../caption-map.ts';
import { whole } from '../format-number.ts';
import { html, type Markup } from '../html.ts';

/** Pixels of the picture, and of its rim. */
const MAP_SIZE = { width: 900, height: 500, rim: 18 } as const;

/** What the points can be coloured by, with the groups of each. A point's group is `-1` where it has none. */
export interface Colouring {
  /** One letter; with a group's number the class of its points. */
  readonly letter: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly groupOf: (point: MapPoint) => number;
}

/** The colourings that say something of these points. */
export function colouringsOf({ points }: CaptionMap): readonly Colouring[] {
  const candidates = [tempoColouring(points), keyColouring(), instrumentColouring(points), splitColouring(points)];
  return candidates.filter(({ groups, groupOf }) => groups.length > 1 && points.some((point) => groupOf(point) >= 0));
}

const FIFTHS: readonly (readonly string[])[] = [
  ['C'],
  ['G'],
  ['D'],
  ['A'],
  ['E'],
  ['B', 'Cb'],
  ['F#', 'Gb'],
  ['Db', 'C#'],
  ['Ab', 'G#'],
  ['Eb', 'D#'],
  ['Bb', 'A#'],
  ['F'],
];

/** Relative keys share a colour, neighbours in the circle of fifths a similar one. */
function keyColouring(): Colouring {
  const minors = FIFTHS.map((_, at) => FIFTHS[(at + 3) % 12]?.[0] ?? '');
  return {
    letter: 'k',
    name: 'key',
    groups: FIFTHS.map(([major], at) => `${major} / ${minors[at]}m`),
    groupOf: ({ key }) => {
      const [tonic = '', mode] = key?.split(' ') ?? [];
      const fifth = FIFTHS.findIndex((spellings) => spellings.includes(tonic));
      return fifth < 0 ? -1 : mode === 'minor' ? (fifth + 9) % 12 : fifth;
    },
  };
}

const TEMPO_GROUPS = 5;

/** Groups of about equally many points, between round limits. */
function tempoColouring(points: readonly MapPoint[]): Colouring {
  const tempos = points.flatMap(({ tempo }) => tempo ?? []).sort((a, b) => a - b);
  const limits = Array.from({ length: TEMPO_GROUPS - 1 }, (_, at) =>
    Math.round(tempos[Math.floor(((at + 1) * tempos.length) / TEMPO_GROUPS)] ?? 0),
  );
  const distinct = [...new Set(limits)].filter((limit) => limit > (tempos[0] ?? 0));
  const names = distinct.map((limit, at) => (at === 0 ? `below ${limit}` : `${distinct[at - 1]} to ${limit}`));
  return {
    letter: 't',
    name: 'tempo',
    groups: distinct.length === 0 ? [] : [...names, `${distinct.at(-1)} BPM or more`],
    groupOf: ({ tempo }) => (tempo === undefined ? -1 : distinct.filter((limit) => tempo >= limit).length),
  };
}

const INSTRUMENT_GROUPS = 6;

function instrumentColouring(points: readonly MapPoint[]): Colouring {
  const counts = new Map<string, number>();
  for (const { instrument } of points) {
    if (instrument !== undefined) counts.set(instrument, (counts.get(instrument) ?? 0) + 1);
  }
  const names = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
  const named = names.slice(0, INSTRUMENT_GROUPS);
  return {
    letter: 'i',
    name: 'main instrument',
    groups: names.length > named.length ? [...named, 'other'] : named,
    groupOf: ({ instrument }) => {
      if (instrument === undefined) return -1;
      const at = named.indexOf(instrument);
      return at < 0 ? named.length : at;
    },
  };
}

function splitColouring(points: readonly MapPoint[]): Colouring {
  const names = ['train', 'validation', 'test'].filter((name) => points.some(({ split }) => split === name));
  return { letter: 's', name: 'split', groups: names, groupOf: ({ split }) => names.indexOf(split ?? '') };
}

/** Where each point is drawn, in whole pixels. */
export function placeOnMap({ points }: CaptionMap): readonly (readonly [x: number, y: number])[] {
  const { width, height, rim } = MAP_SIZE;
  const [left, right] = extentOf(points.map(({ x }) => x));
  const [low, high] = extentOf(points.map(({ y }) => y));
  const along = (value: number, from: number, to: number, size: number): number =>
    Math.round(rim + ((value - from) / (to - from)) * (size - 2 * rim));
  return points.map(({ x, y }) => [along(x, left, right, width), height - along(y, low, high, height)]);
}

function extentOf(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return high > low ? [low, high] : [low - 1, low + 1];
}

/** Dots whose classes name their group of each colouring; the style sheet gives the colours. */
export function mapChart(map: CaptionMap, colourings: readonly Colouring[]): Markup {
  const radius = map.points.length > 600 ? 4 : 6;
  const dots = placeOnMap(map).map(([x, y], at) => {
    const point = map.points[at];
    const classes = point === undefined ? [] : colourings.map(({ letter, groupOf }) => `${letter}${groupOf(point)}`);
    return html`<circle cx="${x}" cy="${y}" r="${radius}" class="${classes.join(' ')}"/>`;
  });
  const label = `${whole(map.points.length)} captions on a plane: captions with similar embeddings lie close together.`;
  const { width, height } = MAP_SIZE;
  return html`<svg class="chart map${radius > 4 && ' few'}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${dots}<circle class="ring" r="${radius + 4}" cx="-99" cy="-99"/></svg>`;
}
