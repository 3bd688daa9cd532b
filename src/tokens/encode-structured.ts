import { NOTE } from './event-table.ts';
import { pushEvent } from './push-tokens.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import type { TokenBuffer } from './token-buffer.ts';
import type { TokenizerTables } from './tokenizer-tables.ts';

/**
 * Structured (Hadjeres and Crestel, "The Piano Inpainting Application", 2021): each note is one TimeShift since the note
 * before, then pitch, velocity and duration. The shift is the nearest one there is; errors do not add up.
 */
export function structuredEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { ids } = tables;
  return (events, order, { ticksPerQuarter }) => {
    const shifts = tables.durations(ticksPerQuarter);
    let previous = 0;
    for (let place = 0; place < events.length; place += 1) {
      const row = order[place] ?? 0;
      if (events.kind[row] !== NOTE) continue;
      const tick = events.tick[row] ?? 0;
      const shift = tick - previous;
      // The first TimeShift token says zero.
      const index = shift === 0 ? 0 : 1 + (shifts.nearest[Math.min(shift, shifts.longest)] ?? 0);
      out.push(ids.timeShift + index);
      pushEvent(out, events, row);
      previous = tick;
    }
  };
}
