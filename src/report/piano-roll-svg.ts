import { escapeXml } from './escape-xml.ts';
import { partColour } from './part-colour.ts';
import type { PianoRoll, RollPart } from './piano-roll.ts';

export interface SvgOptions {
  /** Of the whole picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Read out by screen readers; the name of the piece. */
  readonly title: string;
  /** Octave names, bar numbers and the list of parts. */
  readonly labels: boolean;
}

/** Notes shorter than this many pixels would not be seen. */
const SHORTEST_PIXELS = 1.2;
/** Bar lines closer than this are drawn every 2, 4, 8, … bars. */
const BAR_PIXELS = 28;
const DRUM_LANE_SHARE = 0.14;

/** Draws a piano roll as a self-contained SVG: time to the right, pitch upward, drums in a lane of their own below. */
export function pianoRollSvg(roll: PianoRoll, options: SvgOptions): string {
  const { width, height, title, labels } = options;
  const legend = labels ? legendRows(roll.parts, width) : [];
  const frame = {
    left: labels ? 34 : 0,
    top: labels ? 18 : 0,
    right: width - (labels ? 8 : 0),
    bottom: height - (labels ? 8 + 16 * legend.length : 0),
  };
  const hasDrums = roll.parts.some(({ program }) => program < 0);
  const drumTop = hasDrums ? frame.bottom - (frame.bottom - frame.top) * DRUM_LANE_SHARE : frame.bottom;
  const x = (tick: number): number => frame.left + ((frame.right - frame.left) * tick) / roll.endTick;
  const lane = (drumTop - frame.top) / (roll.highestPitch - roll.lowestPitch + 1);
  const y = (pitch: number): number => frame.top + (roll.highestPitch - pitch) * lane;

  const body = [
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...barLines(roll, x, frame, labels),
    ...octaveLines(roll, y, frame, lane, labels),
    ...roll.parts.map((part, position) => partPath(part, position, x, y, lane, drumTop, frame.bottom)),
    ...legend.map((row, position) => legendText(row, frame.bottom + 18 + 16 * position)),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">` +
    `<title>${escapeXml(title)}</title><style>${STYLE}</style>${body.join('')}</svg>\n`
  );
}

const STYLE =
  '.page{fill:#fff}.bar{stroke:#d5d9de}.octave{stroke:#eceef1}text{font:11px system-ui,sans-serif;fill:#4a5058}' +
  '@media(prefers-color-scheme:dark){.page{fill:#14171a}.bar{stroke:#343a41}.octave{stroke:#22272c}text{fill:#aab2bb}}';

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One path a part: a rectangle a note. Small files hold thousands of them. */
function partPath(
  { program, onset, duration, pitch }: RollPart,
  position: number,
  x: (tick: number) => number,
  y: (pitch: number) => number,
  lane: number,
  drumTop: number,
  bottom: number,
): string {
  const isDrum = program < 0;
  const drumLane = (bottom - drumTop) / 61;
  const thickness = Math.max(isDrum ? drumLane * 2 : lane * 0.88, 1);
  const commands: string[] = [];
  for (let note = 0; note < onset.length; note++) {
    const start = onset[note] ?? 0;
    const left = x(start);
    const length = isDrum ? SHORTEST_PIXELS * 1.5 : Math.max(x(start + (duration[note] ?? 0)) - left, SHORTEST_PIXELS);
    const drumRow = bottom - (Math.min(Math.max((pitch[note] ?? 0) - 27, 0), 60) + 1) * drumLane;
    const top = isDrum ? drumRow : y(pitch[note] ?? 0);
    commands.push(`M${pixels(left)} ${pixels(top)}h${pixels(length)}v${pixels(thickness)}h${pixels(-length)}z`);
  }
  return `<path fill="${partColour(position)}" fill-opacity=".85" d="${commands.join('')}"/>`;
}

function barLines({ bars }: PianoRoll, x: (tick: number) => number, frame: Frame, labels: boolean): string[] {
  let every = 1;
  const count = bars.length - 1;
  while (((frame.right - frame.left) / Math.max(count, 1)) * every < BAR_PIXELS) every *= 2;
  const lines: string[] = [];
  for (let bar = 0; bar < count; bar += every) {
    const at = pixels(x(bars[bar] ?? 0));
    lines.push(`<path class="bar" d="M${at} ${frame.top}V${pixels(frame.bottom)}"/>`);
    if (labels) lines.push(`<text x="${at}" y="${frame.top - 6}">${bar + 1}</text>`);
  }
  return lines;
}

function octaveLines(
  { lowestPitch, highestPitch }: PianoRoll,
  y: (pitch: number) => number,
  frame: Frame,
  lane: number,
  labels: boolean,
): string[] {
  const lines: string[] = [];
  for (let pitch = Math.ceil(lowestPitch / 12) * 12; pitch <= highestPitch; pitch += 12) {
    const at = pixels(y(pitch) + lane);
    lines.push(`<path class="octave" d="M${frame.left} ${at}H${frame.right}"/>`);
    if (labels) lines.push(`<text x="${frame.left - 6}" y="${at}" text-anchor="end">C${pitch / 12 - 1}</text>`);
  }
  return lines;
}

interface LegendItem {
  readonly position: number;
  readonly name: string;
}

/** Names of the parts in as many lines as they need; about 6.5 pixels a character. */
function legendRows(parts: readonly RollPart[], width: number): LegendItem[][] {
  const rows: LegendItem[][] = [];
  let left = Number.POSITIVE_INFINITY;
  for (const [position, { name }] of parts.slice(0, 24).entries()) {
    const needed = 30 + 6.5 * name.length;
    if (left + needed > width) {
      rows.push([]);
      left = 34;
    }
    rows.at(-1)?.push({ position, name });
    left += needed;
  }
  return rows;
}

function legendText(row: readonly LegendItem[], y: number): string {
  let left = 34;
  const items = row.map(({ position, name }) => {
    const item =
      `<rect x="${left}" y="${y - 9}" width="10" height="10" fill="${partColour(position)}"/>` +
      `<text x="${left + 15}" y="${y}">${escapeXml(name)}</text>`;
    left += 30 + 6.5 * name.length;
    return item;
  });
  return items.join('');
}

function pixels(value: number): string {
  return String(Math.round(value * 100) / 100);
}
