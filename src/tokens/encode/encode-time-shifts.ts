import { ticksPerBeat } from '../preprocess/meters.ts';
import { pitchOf, velocityOf } from '../preprocess/note-list.ts';
import { NO_TOKEN } from '../token-ids.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { DRUM_NOTE, DRUM_NOTE_OFF, NOTE, NOTE_OFF, TIME_SIGNATURE } from './event-table.ts';
import { pushSpans } from './push-spans.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import type { TokenBuffer } from './token-buffer.ts';

/**
 * TSD (Fradet et al., "Byte Pair Encoding for Symbolic Music", 2023) and MIDI-Like (Oore et al., "This Time with
 * Feeling", 2018): events one after the other, the time between them as TimeShift tokens, silence as Rest tokens.
 */
export function timeShiftEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values } = tables;
  const saysDuration = config.tokenization === 'TSD';
  return (events, order, { ticksPerQuarter }) => {
    const { tick: ticks, kind: kinds, program, value: eventValues, duration, length } = events;
    let shifts = tables.durations(ticksPerQuarter);
    let rests = tables.rests(ticksPerQuarter);
    let now = 0;
    let silentFrom = 0;
    for (let place = 0; place < length; place += 1) {
      const row = order[place] ?? 0;
      const tick = ticks[row] ?? 0;
      const kind = kinds[row] ?? NOTE;
      const value = eventValues[row] ?? 0;
      if (tick !== now) {
        if (config.use_rests && tick - silentFrom >= rests.shortest) {
          out.now = silentFrom;
          now = silentFrom + pushSpans(out, tick - silentFrom, rests, ids.rest);
        }
        out.now = now;
        if (tick !== now) pushSpans(out, tick - now, shifts, ids.timeShift);
        now = tick;
        out.now = tick;
      }
      if (kind <= DRUM_NOTE) {
        out.pushFour(
          program[row] ?? NO_TOKEN,
          (kind === NOTE ? ids.pitch : ids.drumPitch) + pitchOf(value),
          ids.velocity + velocityOf(value),
          saysDuration ? ids.duration + (shifts.nearest[duration[row] ?? 0] ?? 0) : NO_TOKEN,
        );
      } else if (kind <= DRUM_NOTE_OFF) {
        const pitch = (kind === NOTE_OFF ? ids.pitchOff : ids.drumPitchOff) + pitchOf(value);
        out.pushFour(program[row] ?? NO_TOKEN, pitch, NO_TOKEN, NO_TOKEN);
      } else {
        out.pushFour(program[row] ?? NO_TOKEN, value, NO_TOKEN, NO_TOKEN);
      }
      if (kind === TIME_SIGNATURE) {
        const meter = values.timeSignatures[value - ids.timeSignature];
        const beat = ticksPerBeat(meter?.denominator ?? 4, ticksPerQuarter);
        shifts = tables.durations(beat);
        rests = tables.rests(beat);
      }
      if (config.use_rests && holdsOffRest(kind, program[row] ?? NO_TOKEN, saysDuration)) {
        silentFrom = Math.max(silentFrom, tick + (duration[row] ?? 0));
      }
    }
  };
}

/** Rests count from the last event that does; in MIDI-Like note-offs (but for their Program tokens) and signatures do not. */
function holdsOffRest(kind: number, program: number, saysDuration: boolean): boolean {
  if (saysDuration) return true;
  if (kind === NOTE_OFF || kind === DRUM_NOTE_OFF) return program !== NO_TOKEN;
  return kind !== TIME_SIGNATURE;
}
