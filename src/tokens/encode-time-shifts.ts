import { TIME_SIGNATURE } from './event-table.ts';
import { ticksPerBeat } from './preprocess/meters.ts';
import { pushEvent, pushSpans } from './push-tokens.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import type { TokenBuffer } from './token-buffer.ts';
import type { TokenizerTables } from './tokenizer-tables.ts';

/**
 * TSD (Fradet et al., "Byte Pair Encoding for Symbolic Music", 2023) and MIDI-Like (Oore et al., "This Time with
 * Feeling", 2018): events one after the other, the time between them as TimeShift tokens, silence as Rest tokens.
 */
export function timeShiftEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values } = tables;
  return (events, order, { ticksPerQuarter }) => {
    let shifts = tables.durations(ticksPerQuarter);
    let rests = tables.rests(ticksPerQuarter);
    let now = 0;
    let silentFrom = 0;
    for (let place = 0; place < events.length; place += 1) {
      const row = order[place] ?? 0;
      const tick = events.tick[row] ?? 0;
      if (tick !== now) {
        if (config.use_rests && tick - silentFrom >= rests.shortest) {
          now = silentFrom + pushSpans(out, tick - silentFrom, rests, ids.rest);
        }
        if (tick !== now) pushSpans(out, tick - now, shifts, ids.timeShift);
        now = tick;
      }
      if (events.kind[row] === TIME_SIGNATURE) {
        const meter = values.timeSignatures[(events.first[row] ?? 0) - ids.timeSignature];
        const beat = ticksPerBeat(meter?.denominator ?? 4, ticksPerQuarter);
        shifts = tables.durations(beat);
        rests = tables.rests(beat);
      }
      pushEvent(out, events, row);
      silentFrom = Math.max(silentFrom, events.reach[row] ?? 0);
    }
  };
}
