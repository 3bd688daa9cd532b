import { TIME_SIGNATURE } from '../encode/event-table.ts';
import { pushSpans } from '../encode/push-spans.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import type { TokenBuffer } from '../encode/token-buffer.ts';
import { ticksPerBeat } from '../preprocess/meters.ts';
import type { TimeTable } from '../time-table.ts';
import { timeValueText } from '../time-values.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';

/** Events one after the other, the time between them as TimeShift tokens, silence as Rest tokens: TSD and MIDI-Like. */
export function timeShiftEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values, vocabulary } = tables;
  const shiftIds = vocabulary.idsOf('TimeShift', values.durations.map(timeValueText));
  const restIds = vocabulary.idsOf('Rest', values.rests.map(timeValueText));
  const denominatorOf = new Map(
    [...ids.timeSignature].map((id, index) => [id, values.timeSignatures[index]?.denominator]),
  );
  const withRests = config.use_rests;
  // Up to 3.0.6 a rest began where silence did, even if a token had told of later.
  const restsFromNow = config.miditok === '3.1.0';
  return (events, order, { ticksPerQuarter }) => {
    const { tick: ticks, kind: kinds, until, program, first, second, third, length } = events;
    let beatTicks = ticksPerQuarter;
    let shifts: TimeTable | undefined;
    let now = 0;
    let silentFrom = 0;
    for (let place = 0; place < length; place += 1) {
      const row = order[place] ?? 0;
      const tick = ticks[row] ?? 0;
      if (tick !== now) {
        if (withRests) {
          const rests = tables.rests(beatTicks);
          if (tick - silentFrom >= rests.shortest) {
            now = restsFromNow && now > silentFrom ? now : silentFrom;
            out.now = now;
            now += pushSpans(out, tick - now, rests, restIds);
          }
        }
        out.now = now;
        if (tick !== now) {
          shifts ??= tables.durations(beatTicks);
          pushSpans(out, tick - now, shifts, shiftIds);
        }
        now = tick;
        out.now = tick;
      }
      const said = first[row] ?? NO_TOKEN;
      out.pushFour(program[row] ?? NO_TOKEN, said, second[row] ?? NO_TOKEN, third[row] ?? NO_TOKEN);
      if (kinds[row] === TIME_SIGNATURE) {
        beatTicks = ticksPerBeat(denominatorOf.get(said) ?? 4, ticksPerQuarter);
        shifts = undefined;
      }
      if (withRests && (until[row] ?? 0) > silentFrom) silentFrom = until[row] ?? 0;
    }
  };
}
