import type { PreparedScore } from '../preprocess/prepared-score.ts';
import type { EventTable } from './event-table.ts';

/**
 * Writes the events of one stream. `order` holds the rows of `events` by rising tick; its first `events.length` entries count.
 */
export type StreamEncoder = (events: EventTable, order: Int32Array, score: PreparedScore) => void;
