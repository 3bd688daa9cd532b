import { html, type Markup } from './html.ts';
import { partClass } from './part-class.ts';
import type { PlayedPart, PlayedScore } from './played-score.ts';

/** Units of the picture; the page scales it. */
const WIDTH = 720;
const HEIGHT = 180;
const DRUM_HEIGHT = 30;
const DRUM_LANES = 8;
/** Dashes of a picture: more would not be told apart, and a page has many pictures. */
const MAX_DASHES = 2400;

/** A small piano roll: time to the right, pitch upward, drums below, a colour a part; a few kilobytes whatever the piece. */
export function thumbnailSvg(played: PlayedScore, label: string): Markup {
  const pitched = played.parts.filter(({ program }) => program >= 0);
  const hasDrums = pitched.length < played.parts.length;
  const floor = hasDrums ? HEIGHT - DRUM_HEIGHT - 6 : HEIGHT;
  const [low, high] = pitchRange(pitched);
  const lane = Math.max(2, Math.min(9, Math.floor(floor / (high - low + 2))));
  const top = (pitch: number): number => Math.round(floor - ((pitch - low + 1) / (high - low + 2)) * floor);
  for (let grain = 1; ; grain *= 2) {
    const paths = played.parts.map((part) => dashesOf(part, played.seconds, grain, top));
    const count = paths.reduce((sum, { length }) => sum + length, 0);
    if (count > MAX_DASHES && grain < 64) continue;
    const drawn = paths.map((dashes, at) => {
      const isDrum = (played.parts[at]?.program ?? 0) < 0;
      return html`<path class="${partClass(at)}" stroke-width="${isDrum ? 3 : lane}" d="${pathOf(dashes.slice(0, MAX_DASHES))}"/>`;
    });
    return html`<svg class="roll" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">${drawn}</svg>`;
  }
}

/** Larger than any length, and than any height: three numbers in one tell dashes apart. */
const RADIX = 1024;

/** A dash a note, in whole units; what falls on the same spot is drawn once. */
function dashesOf(part: PlayedPart, seconds: number, grain: number, top: (pitch: number) => number): readonly number[] {
  const dashes = new Set<number>();
  const column = (time: number): number => Math.round((time / seconds) * (WIDTH / grain)) * grain;
  for (let note = 0; note < part.onset.length; note++) {
    const from = column(part.onset[note] ?? 0);
    const isDrum = part.program < 0;
    const length = isDrum ? 4 : Math.max(column(part.end[note] ?? 0) - from, 2);
    const pitch = part.pitch[note] ?? 0;
    const y = isDrum ? HEIGHT - 2 - Math.round(((pitch % DRUM_LANES) / DRUM_LANES) * DRUM_HEIGHT) : top(pitch);
    dashes.add((Math.min(from, WIDTH - 2) * RADIX + y) * RADIX + length);
  }
  return [...dashes];
}

function pathOf(dashes: readonly number[]): string {
  let path = '';
  for (const dash of dashes) {
    const place = Math.floor(dash / RADIX);
    path += `M${Math.floor(place / RADIX)} ${place % RADIX}h${dash % RADIX}`;
  }
  return path;
}

function pitchRange(parts: readonly PlayedPart[]): readonly [number, number] {
  let [low, high] = [127, 0];
  for (const { pitch } of parts) {
    for (const value of pitch) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (low > high) return [54, 78];
  const slack = Math.max(0, 18 - (high - low)) / 2;
  return [low - Math.floor(slack), high + Math.ceil(slack)];
}
