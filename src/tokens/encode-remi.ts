import { TIME_SIGNATURE } from './event-table.ts';
import { firstMeter } from './first-meter.ts';
import { ticksPerBeat } from './preprocess/meters.ts';
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
  return (events, order, ticksPerQuarter) => {
    let meter = withMeter ? firstMeter(events, order, ids.timeSignature) : 0;
    let beatTicks = 0;
    let barTicks = 0;
    let unit = 1;
    let rests = tables.rests(ticksPerQuarter);
    const setMeter = (next: number): void => {
      meter = next;
      const { numerator, denominator } = values.timeSignatures[meter] ?? { numerator: 4, denominator: 4 };
      beatTicks = ticksPerBeat(denominator, ticksPerQuarter);
      barTicks = beatTicks * numerator;
      unit = Math.floor(beatTicks / values.positionsPerBeat);
      rests = tables.rests(beatTicks);
    };
    setMeter(meter);
    /** Number of the bar at hand and its first tick. */
    let bar = -1;
    let barStart = 0;
    /** Number and first tick of the bar in which the time signature began. */
    let meterBar = 0;
    let meterStart = 0;
    let now = -1;
    let silentFrom = 0;
    for (let place = 0; place < events.length; place += 1) {
      const row = order[place] ?? 0;
      const tick = events.tick[row] ?? 0;
      const isMeter = events.kind[row] === TIME_SIGNATURE;
      if (tick !== now) {
        if (config.use_rests && tick - silentFrom >= rests.shortest) {
          now = silentFrom + pushSpans(out, tick - silentFrom, rests, ids.rest);
          const reached = meterBar + Math.floor((now - meterStart) / barTicks);
          if (reached > bar) {
            // Bars that a rest passes get no Bar token.
            bar = Math.max(bar, 0);
            barStart += (reached - bar) * barTicks;
            bar = reached;
          }
        }
        const target = meterBar + Math.floor((tick - meterStart) / barTicks);
        while (bar < target) {
          bar += 1;
          barStart = meterStart + (bar - meterBar) * barTicks;
          out.push(ids.bar);
          if (withMeter && !(isMeter && bar === target)) out.push(ids.timeSignature + meter);
        }
        if (!isMeter) out.push(ids.position + Math.floor((tick - barStart) / unit));
        now = tick;
      }
      if (isMeter) {
        meterBar += Math.floor((tick - meterStart) / barTicks);
        meterStart = tick;
        setMeter((events.first[row] ?? 0) - ids.timeSignature);
        // What follows gets a Position token even at this tick.
        now -= 1;
      }
      pushEvent(out, events, row);
      silentFrom = Math.max(silentFrom, events.reach[row] ?? 0);
    }
  };
}
