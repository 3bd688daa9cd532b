import { NO_TOKEN } from '../vocabulary.ts';
import { CONTROL, type EventTable, NOTE_OFF } from './event-table.ts';

/**
 * Takes away each Program token that repeats the one before: what is left says where the program changes.
 *
 * @param hasNoteOffs - MIDI-Like, where Program tokens end silence before events that do not.
 */
export function keepProgramChanges(events: EventTable, order: Int32Array, hasNoteOffs: boolean): void {
  const { kind, program, until } = events;
  let last = NO_TOKEN;
  for (let place = 0; place < events.length; place += 1) {
    const row = order[place] ?? 0;
    const here = program[row] ?? NO_TOKEN;
    if (here === NO_TOKEN) continue;
    if (here !== last) {
      last = here;
      continue;
    }
    program[row] = NO_TOKEN;
    if (hasNoteOffs && (kind[row] === NOTE_OFF || kind[row] === CONTROL)) until[row] = 0;
  }
}
