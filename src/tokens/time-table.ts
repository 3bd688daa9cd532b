import { type TimeValue, timeValueTicks } from './time-values.ts';

/** Spans of time in ticks at one number of ticks a beat, made for looking up. */
export interface TimeTable {
  /** Of each value, in the order of the vocabulary. */
  readonly ticks: Int32Array;
  /** For each span up to the longest: index of the nearest value, a tie goes to the longer. */
  readonly nearest: Uint16Array;
  /** For each span up to the longest: index of the last value that is not longer; 65535 where none is. */
  readonly within: Uint16Array;
  /** The first value; shorter spans are not said. */
  readonly shortest: number;
  readonly longest: number;
  /** Whether the values ascend; see `nearestOneByOne` where they do not. */
  readonly isAscending: boolean;
}

const NO_VALUE = 0xffff;

export function timeTable(values: readonly TimeValue[], ticksPerBeat: number): TimeTable {
  const ticks = Int32Array.from(values, (value) => timeValueTicks(value, ticksPerBeat));
  const lastOf = new Map([...ticks].map((span, index) => [span, index]));
  const ascending = Int32Array.from(lastOf.keys()).sort();
  const longest = Math.max(0, ascending.at(-1) ?? 0);
  const nearest = new Uint16Array(longest + 1);
  const within = new Uint16Array(longest + 1).fill(NO_VALUE);
  let place = 0;
  let below = 0;
  let last = NO_VALUE;
  for (let span = 0; span <= longest; span += 1) {
    while (place + 1 < ascending.length && (ascending[place + 1] ?? 0) - span <= span - (ascending[place] ?? 0))
      place += 1;
    nearest[span] = lastOf.get(ascending[place] ?? 0) ?? 0;
    for (; below < ascending.length && (ascending[below] ?? 0) <= span; below += 1) {
      const index = lastOf.get(ascending[below] ?? 0) ?? 0;
      last = last === NO_VALUE ? index : Math.max(last, index);
    }
    within[span] = last;
  }
  const isAscending = ticks.every((span, index) => index === 0 || span >= (ticks[index - 1] ?? 0));
  return { ticks, nearest, within, shortest: ticks[0] ?? 0, longest, isAscending };
}

/**
 * What NumPy's `searchsorted` makes of spans in a table that does not ascend (a `beat_res` whose ranges overlap or are not in
 * order), and MidiTok of that: the search for a span begins where that for the span before it ended, so that it depends on it.
 */
export function nearestOneByOne(ticks: Int32Array, spans: Int32Array): void {
  let low = 0;
  let high = ticks.length;
  let last = spans[0] ?? 0;
  spans.forEach((span, at) => {
    if (last < span) high = ticks.length;
    else {
      low = 0;
      high = high < ticks.length ? high + 1 : ticks.length;
    }
    last = span;
    while (low < high) {
      const middle = low + ((high - low) >> 1);
      if ((ticks[middle] ?? 0) < span) low = middle + 1;
      else high = middle;
    }
    const before = ticks[Math.max(low - 1, 0)] ?? 0;
    const after = ticks[Math.min(low, ticks.length - 1)] ?? 0;
    const isBefore = low === ticks.length || Math.abs(span - before) < Math.abs(span - after);
    spans[at] = ticks[isBefore ? low - 1 : low] ?? 0;
  });
}
