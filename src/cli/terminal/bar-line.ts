import { cutToWidth, textWidth } from './text-width.ts';

export interface BarState {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  /** What stands beside the bar, the most important first. */
  readonly facts: readonly string[];
}

const NAME_COLUMNS = 6;
const WIDEST_BAR = 24;
const NARROWEST_BAR = 6;

/** One bar in so many columns: in a narrow window first the bar shrinks and goes, then the last facts. */
export function barLine({ name, done, total, facts }: BarState, columns: number): string {
  const label = name.padEnd(NAME_COLUMNS);
  for (let kept = facts.length; kept > 0; kept--) {
    const text = facts.slice(0, kept).join(', ');
    const room = columns - NAME_COLUMNS - textWidth(text);
    if (room >= NARROWEST_BAR + BRACKETS) return `${label}${bar(done, total, room - BRACKETS)} ${text}`;
    if (room >= 0) return label + text;
  }
  return cutToWidth(label + (facts[0] ?? ''), columns);
}

/** `[`, `]` and the space behind. */
const BRACKETS = 3;

function bar(done: number, total: number, room: number): string {
  const width = Math.min(room, WIDEST_BAR);
  const share = total === 0 ? 1 : Math.min(done / total, 1);
  const full = Math.floor(share * width);
  return `[${'='.repeat(full)}${'-'.repeat(width - full)}]`;
}
