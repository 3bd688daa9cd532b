import type { TokenIds } from '../../token-sequences.ts';
import { ARRIVAL } from './amt-ids.ts';

const WIDTH = 3;

/**
 * Events of a piece or window in which every time has an id, as in anticipation's lines: times are counted from the first event, and where one would be
 * 100 seconds or more after it, another sequence begins. No event is lost.
 */
export function arrivalsFromZero(ids: TokenIds): readonly Uint16Array[] {
  const sequences: Uint16Array[] = [];
  let begin = 0;
  const end = (at: number): void => {
    const start = ids[begin] ?? 0;
    sequences.push(Uint16Array.from(ids.subarray(begin, at), (id, place) => (place % WIDTH === 0 ? id - start : id)));
    begin = at;
  };
  for (let at = 0; at < ids.length; at += WIDTH) {
    if ((ids[at] ?? 0) - (ids[begin] ?? 0) >= ARRIVAL.times) end(at);
  }
  end(ids.length);
  return sequences;
}

/** The first id of events that says nothing at its place; times go on beyond those that have ids. */
export function misplacedArrival(ids: ArrayLike<number | bigint>): number | undefined {
  for (let at = 0; at < ids.length; at++) {
    const id = Number(ids[at]);
    const part = at % WIDTH;
    const isRight =
      part === 0
        ? id >= 0
        : part === 1
          ? id >= ARRIVAL.duration && id < ARRIVAL.duration + ARRIVAL.durations
          : id >= ARRIVAL.note && id < ARRIVAL.note + ARRIVAL.notes;
    if (!isRight || !Number.isInteger(id)) return id;
  }
  return undefined;
}
