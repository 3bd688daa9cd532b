import { ticksPerBeat } from '../preprocess/meters.ts';
import { pitchOf, velocityOf } from '../preprocess/note-list.ts';
import { NO_TOKEN } from '../token-ids.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { DRUM_NOTE, NOTE, TEMPO, TIME_SIGNATURE } from './event-table.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import type { TokenBuffer } from './token-buffer.ts';

/**
 * Octuple (Zeng et al., "MusicBERT", 2021): a row a note, with pitch, position, bar, velocity and duration, and program,
 * tempo and time signature where they are used. Ends at the last bar that has a token.
 */
export function octupleEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values } = tables;
  return (events, order, { ticksPerQuarter, clipTick }) => {
    let beatTicks = ticksPerQuarter;
    let barTicks = beatTicks * 4;
    let { nearest } = tables.durations(beatTicks);
    let tempo = ids.tempo + values.defaultTempo;
    let meter = ids.timeSignature;
    let meterBar = 0;
    let meterStart = 0;
    let bar = 0;
    let position = 0;
    let now = 0;
    for (let place = 0; place < events.length; place += 1) {
      const row = order[place] ?? 0;
      const tick = events.tick[row] ?? 0;
      if (tick >= clipTick) return;
      if (tick !== now) {
        const bars = Math.floor((tick - meterStart) / barTicks);
        bar = meterBar + bars;
        position = Math.floor((tick - meterStart - bars * barTicks) / Math.floor(beatTicks / values.positionsPerBeat));
        now = tick;
      }
      const kind = events.kind[row] ?? NOTE;
      const value = events.value[row] ?? 0;
      if (kind === TEMPO) tempo = value;
      else if (kind === TIME_SIGNATURE) {
        meter = value;
        const { numerator, denominator } = values.timeSignatures[meter - ids.timeSignature] ?? COMMON;
        beatTicks = ticksPerBeat(denominator, ticksPerQuarter);
        barTicks = beatTicks * numerator;
        nearest = tables.durations(beatTicks).nearest;
        meterBar = bar;
        meterStart = now;
      } else if (kind <= DRUM_NOTE) {
        out.push((kind === NOTE ? ids.pitch : ids.drumPitch) + pitchOf(value));
        out.push(ids.position + position);
        out.push(ids.bar + bar);
        out.push(ids.velocity + velocityOf(value));
        out.push(ids.duration + (nearest[events.duration[row] ?? 0] ?? 0));
        if (config.use_programs) out.push(events.program[row] ?? NO_TOKEN);
        if (config.use_tempos) out.push(tempo);
        if (config.use_time_signatures) out.push(meter);
      }
    }
  };
}

const COMMON = { numerator: 4, denominator: 4 };
