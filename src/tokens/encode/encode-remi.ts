import { BarClock } from '../bar-clock.ts';
import { pitchOf, velocityOf } from '../preprocess/note-list.ts';
import { NO_TOKEN } from '../token-ids.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { DRUM_NOTE, NOTE, TIME_SIGNATURE } from './event-table.ts';
import { firstMeter } from './first-meter.ts';
import { pushSpans } from './push-spans.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import type { TokenBuffer } from './token-buffer.ts';

/**
 * REMI (Huang and Yang, "Pop Music Transformer", 2020; with programs it is REMI+, von Rütte et al., 2023): a Bar token
 * at each bar line, a Position token where something starts, then what starts there.
 */
export function remiEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values } = tables;
  const withMeter = config.use_time_signatures;
  const withRests = config.use_rests;
  return (events, order, { ticksPerQuarter }) => {
    const { tick: ticks, kind: kinds, program, value: eventValues, duration, length } = events;
    const clock = new BarClock(firstMeter(events, order, ids.timeSignature), values, ticksPerQuarter);
    let rests = tables.rests(clock.beatTicks);
    let { nearest } = tables.durations(clock.beatTicks);
    let now = -1;
    let silentFrom = 0;
    for (let place = 0; place < length; place += 1) {
      const row = order[place] ?? 0;
      const tick = ticks[row] ?? 0;
      const kind = kinds[row] ?? NOTE;
      const value = eventValues[row] ?? 0;
      if (tick !== now) {
        if (withRests && tick - silentFrom >= rests.shortest) {
          out.now = silentFrom;
          clock.passRest(silentFrom + pushSpans(out, tick - silentFrom, rests, ids.rest));
        }
        const bar = clock.barAt(tick);
        while (clock.bar < bar) {
          clock.nextBar();
          out.now = clock.barStart;
          out.push(ids.bar);
          // The time signature that begins with this bar follows as an event.
          if (withMeter && !(kind === TIME_SIGNATURE && clock.bar === bar)) out.push(ids.timeSignature + clock.meter);
        }
        out.now = tick;
        if (kind !== TIME_SIGNATURE) out.push(ids.position + clock.positionAt(tick));
        now = tick;
      }
      if (kind <= DRUM_NOTE) {
        out.pushFour(
          program[row] ?? NO_TOKEN,
          (kind === NOTE ? ids.pitch : ids.drumPitch) + pitchOf(value),
          ids.velocity + velocityOf(value),
          ids.duration + (nearest[duration[row] ?? 0] ?? 0),
        );
      } else {
        out.pushFour(program[row] ?? NO_TOKEN, value, NO_TOKEN, NO_TOKEN);
      }
      if (kind === TIME_SIGNATURE) {
        clock.changeMeter(value - ids.timeSignature, tick);
        rests = tables.rests(clock.beatTicks);
        nearest = tables.durations(clock.beatTicks).nearest;
        // What follows gets a Position token even at this tick.
        now -= 1;
      }
      if (withRests) silentFrom = Math.max(silentFrom, tick + (duration[row] ?? 0));
    }
  };
}
