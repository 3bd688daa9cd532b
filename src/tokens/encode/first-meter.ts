import { type EventTable, TIME_SIGNATURE } from './event-table.ts';

/** Id of the time signature that is in force at the start: the first one, wherever it is; `undefined` where there is none. */
export function firstMeter(events: EventTable, order: Int32Array): number | undefined {
  for (let place = 0; place < events.length; place += 1) {
    const row = order[place] ?? 0;
    if (events.kind[row] === TIME_SIGNATURE) return events.first[row];
  }
  return undefined;
}
