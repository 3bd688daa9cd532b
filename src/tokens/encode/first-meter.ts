import { type EventTable, TIME_SIGNATURE } from './event-table.ts';

/** Index of the time signature that is in force at the start: the first one, wherever it is. */
export function firstMeter(events: EventTable, order: Int32Array, firstId: number): number {
  for (let place = 0; place < events.length; place += 1) {
    const row = order[place] ?? 0;
    if (events.kind[row] === TIME_SIGNATURE) return (events.value[row] ?? firstId) - firstId;
  }
  return 0;
}
