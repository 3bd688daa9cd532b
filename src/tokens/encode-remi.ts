import { BarClock } from './bar-clock.ts';
import { TIME_SIGNATURE } from './event-table.ts';
import { firstMeter } from './first-meter.ts';
import { pushEvent, pushSpans } from './push-tokens.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import type { TokenBuffer } from './token-buffer.ts';
import type { TokenizerTables } from './tokenizer-tables.ts';

/**
 * REMI (Huang and Yang, "Pop Music Transformer", 2020; with programs it is REMI+, von Rütte et al., 2023): a Bar token
 * at each bar line, a Position token where something starts, then what starts there.
 */
export function remiEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values } = tables;
  const withMeter = config.use_time_signatures;
  return (events, order, { ticksPerQuarter }) => {
    const clock = new BarClock(firstMeter(events, order, ids.timeSignature), values, ticksPerQuarter);
    let rests = tables.rests(clock.beatTicks);
    let now = -1;
    let silentFrom = 0;
    for (let place = 0; place < events.length; place += 1) {
      const row = order[place] ?? 0;
      const tick = events.tick[row] ?? 0;
      const isMeter = events.kind[row] === TIME_SIGNATURE;
      if (tick !== now) {
        if (config.use_rests && tick - silentFrom >= rests.shortest) {
          clock.passRest(silentFrom + pushSpans(out, tick - silentFrom, rests, ids.rest));
        }
        const bar = clock.barAt(tick);
        while (clock.bar < bar) {
          clock.nextBar();
          out.push(ids.bar);
          // The time signature that begins with this bar follows as an event.
          if (withMeter && !(isMeter && clock.bar === bar)) out.push(ids.timeSignature + clock.meter);
        }
        if (!isMeter) out.push(ids.position + clock.positionAt(tick));
        now = tick;
      }
      if (isMeter) {
        clock.changeMeter((events.first[row] ?? 0) - ids.timeSignature, tick);
        rests = tables.rests(clock.beatTicks);
        // What follows gets a Position token even at this tick.
        now -= 1;
      }
      pushEvent(out, events, row);
      silentFrom = Math.max(silentFrom, events.reach[row] ?? 0);
    }
  };
}
