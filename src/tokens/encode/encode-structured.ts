import { pitchOf, velocityOf } from '../preprocess/note-list.ts';
import { NO_TOKEN } from '../token-ids.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { DRUM_NOTE, NOTE } from './event-table.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import type { TokenBuffer } from './token-buffer.ts';

/**
 * Structured (Hadjeres and Crestel, "The Piano Inpainting Application", 2021): each note is one TimeShift since the note
 * before, then pitch, velocity and duration. The shift is the nearest one there is; errors do not add up.
 */
export function structuredEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { ids } = tables;
  return (events, order, { ticksPerQuarter }) => {
    const { tick: ticks, kind: kinds, program, value: eventValues, duration, length } = events;
    const { nearest, longest } = tables.durations(ticksPerQuarter);
    let previous = 0;
    for (let place = 0; place < length; place += 1) {
      const row = order[place] ?? 0;
      const kind = kinds[row] ?? NOTE;
      if (kind > DRUM_NOTE) continue;
      const tick = ticks[row] ?? 0;
      const tone = eventValues[row] ?? 0;
      const shift = tick - previous;
      out.now = tick;
      // The first TimeShift token says zero.
      out.push(ids.timeShift + (shift === 0 ? 0 : 1 + (nearest[Math.min(shift, longest)] ?? 0)));
      out.pushFour(
        program[row] ?? NO_TOKEN,
        (kind === NOTE ? ids.pitch : ids.drumPitch) + pitchOf(tone),
        ids.velocity + velocityOf(tone),
        ids.duration + (nearest[duration[row] ?? 0] ?? 0),
      );
      previous = tick;
    }
  };
}
