import { ARRIVAL, INSTRUMENTS, INTERARRIVAL, PITCHES, STEPS_PER_SECOND } from './amt-ids.ts';

/** Ids of a line. */
const CONTEXT = 1024;
const WIDTH = 3;
/** Pieces that are not taken: fewer notes, a shorter or longer time until the last of them begins, more instruments. */
const LEAST_NOTES = 100;
const LEAST_STEPS = 10 * STEPS_PER_SECOND;
const MOST_STEPS = 3600 * STEPS_PER_SECOND;
const MOST_INSTRUMENTS = 16;
/** A rest is said wherever nothing begins for longer. */
const LONGEST_SILENCE = STEPS_PER_SECOND;

/** Why a piece is in no line. */
export type LeftOut = 'short' | 'long' | 'instruments';

export interface PackedLines {
  readonly lines: readonly (readonly number[])[];
  /** Lines that were left out, as a time in them is more than 100 seconds after their first. */
  readonly dropped: number;
}

/**
 * Cuts pieces into the lines that anticipation trains on (its `tokenize.py`, without augmentation): 1,024 ids each, one piece behind
 * the other. Holds less than a line between pieces.
 */
export class SequencePacker {
  readonly #isArrival: boolean;
  #rest: number[] = [];

  constructor(isArrival: boolean) {
    this.#isArrival = isArrival;
  }

  /** @param ids - of a whole piece. @returns the lines that it completes, or why it is left out. */
  add(ids: ArrayLike<number>): PackedLines | LeftOut {
    const leftOut = this.#isArrival ? reasonOfArrivals(ids) : reasonOfInterarrivals(ids);
    if (leftOut !== undefined) return leftOut;
    if (this.#isArrival) pushPadded(this.#rest, ids);
    else {
      this.#rest.push(INTERARRIVAL.separator);
      for (let at = 0; at < ids.length; at += 1) this.#rest.push(ids[at] ?? 0);
    }
    return this.#cut();
  }

  #cut(): PackedLines {
    const length = this.#isArrival ? CONTEXT - 1 : CONTEXT;
    const lines: (readonly number[])[] = [];
    let dropped = 0;
    let begin = 0;
    for (; this.#rest.length - begin >= length; begin += length) {
      const ids = this.#rest.slice(begin, begin + length);
      const line = this.#isArrival ? fromZero(ids) : ids;
      if (line === undefined) dropped += 1;
      else lines.push(line);
    }
    this.#rest = this.#rest.slice(begin);
    return { lines, dropped };
  }
}

/** The lines of arrival times of one piece; where it does not fill one, a shorter one, and else what is left at its end is in none. */
export function wholePieceLines(ids: ArrayLike<number>): PackedLines | LeftOut {
  const packed = new SequencePacker(true).add(ids);
  if (typeof packed === 'string' || packed.lines.length + packed.dropped > 0) return packed;
  const rest: number[] = [];
  pushPadded(rest, ids);
  const line = fromZero(rest);
  return line === undefined ? { lines: [], dropped: 1 } : { lines: [line], dropped: 0 };
}

/** The ids of a line whose first piece begins at 0; `undefined` where a time has no id. */
function fromZero(ids: number[]): readonly number[] | undefined {
  let first: number | undefined;
  for (let at = 0; at < ids.length && ids[at + 2] !== ARRIVAL.separator; at += WIDTH) {
    first = Math.min(first ?? Number.POSITIVE_INFINITY, ids[at] ?? 0);
  }
  let shift = first ?? 0;
  for (let at = 0; at < ids.length; at += WIDTH) {
    if (ids[at + 2] === ARRIVAL.separator) {
      shift = 0;
      continue;
    }
    const time = (ids[at] ?? 0) - shift;
    if (time >= ARRIVAL.times) return undefined;
    ids[at] = time;
  }
  return [ARRIVAL.autoregress, ...ids];
}

/** Separators, then the events with a rest for each second in which nothing begins. */
function pushPadded(out: number[], ids: ArrayLike<number>): void {
  out.push(ARRIVAL.separator, ARRIVAL.separator, ARRIVAL.separator);
  let previous = 0;
  const rest = (until: number): void => {
    while (until > previous + LONGEST_SILENCE) {
      previous += LONGEST_SILENCE;
      out.push(previous, ARRIVAL.duration, ARRIVAL.rest);
    }
  };
  let end = 0;
  for (let at = 0; at < ids.length; at += WIDTH) {
    const time = ids[at] ?? 0;
    rest(time);
    out.push(time, ids[at + 1] ?? 0, ids[at + 2] ?? 0);
    previous = time;
    end = Math.max(end, time);
  }
  rest(end);
}

function reasonOfArrivals(ids: ArrayLike<number>): LeftOut | undefined {
  let end = 0;
  const instruments = new Set<number>();
  for (let at = 0; at < ids.length; at += WIDTH) {
    end = Math.max(end, ids[at] ?? 0);
    instruments.add(Math.floor(((ids[at + 2] ?? 0) - ARRIVAL.note) / PITCHES));
  }
  return reason(ids.length / WIDTH, end, instruments.size);
}

/** The end is summed from ids, which are rounded and at most ten seconds: a piece near a bound can be on its other side. */
function reasonOfInterarrivals(ids: ArrayLike<number>): LeftOut | undefined {
  let [now, end, notes] = [0, 0, 0];
  const instruments = new Set<number>();
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0;
    if (id < INTERARRIVAL.start) now += id;
    else if (id < INTERARRIVAL.start + INSTRUMENTS * PITCHES) {
      notes += 1;
      end = now;
      instruments.add(Math.floor((id - INTERARRIVAL.start) / PITCHES));
    }
  }
  return reason(notes, end, instruments.size);
}

function reason(notes: number, end: number, instruments: number): LeftOut | undefined {
  if (notes < LEAST_NOTES || end < LEAST_STEPS) return 'short';
  if (end > MOST_STEPS) return 'long';
  return instruments > MOST_INSTRUMENTS ? 'instruments' : undefined;
}
