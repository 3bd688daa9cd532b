import { TickSorter } from '../tick-sorter.ts';
import type { EventTable } from './event-table.ts';

/** Orders the events of a stream by tick; those at one tick as they are listed, or by the rank of their kind. */
export class EventSorter {
  readonly #ranks: Uint8Array | undefined;
  readonly #sorter = new TickSorter();

  constructor(ranks: Uint8Array | undefined) {
    this.#ranks = ranks;
  }

  /** Rows in order; what is at `endTick` or later is taken off the events. Valid until the next call. */
  order(events: EventTable, endTick: number): Int32Array {
    const order = this.#sorter.order(events.tick, 0, events.length);
    if (endTick !== Number.POSITIVE_INFINITY) {
      while (events.length > 0 && (events.tick[order[events.length - 1] ?? 0] ?? 0) >= endTick) events.length -= 1;
    }
    const ranks = this.#ranks;
    if (ranks === undefined) return order;
    const { tick, kind, length } = events;
    const byRank = (a: number, b: number): number =>
      (tick[a] ?? 0) - (tick[b] ?? 0) || (ranks[kind[a] ?? 0] ?? 0) - (ranks[kind[b] ?? 0] ?? 0);
    return order.subarray(0, length).sort(byRank);
  }
}
