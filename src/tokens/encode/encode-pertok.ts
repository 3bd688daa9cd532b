import { pitchOf, velocityOf } from '../preprocess/note-list.ts';
import { timeValueTicks } from '../time-values.ts';
import { NO_TOKEN } from '../token-ids.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { DRUM_NOTE, NOTE } from './event-table.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import type { TokenBuffer } from './token-buffer.ts';

/** There are no time signatures: a bar has four beats. */
const BEATS_A_BAR = 4;

/**
 * PerTok (Lenz and Mani, "PerTok: Expressive Encoding and Modeling of Symbolic Musical Ideas and Variations", 2024): the time to the next note on a grid as one TimeShift, and the deviation from the
 * grid as MicroTiming. The rules were worked out from MidiTok's ids: half the smallest shift, rounded down, decides
 * whether a note is at the place before, and whether it is in the next bar; the first bar has no Bar token.
 */
export function perTokEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { ids, values } = tables;
  const ticks = values.durations.map((value) => timeValueTicks(value, values.positionsPerBeat));
  const nearest = nearestIndices(ticks);
  const indexOf = (span: number): number => nearest[Math.min(span, nearest.length - 1)] ?? 0;
  const half = Math.floor(Math.min(...ticks) / 2);
  const largest = values.microtimings.at(-1) ?? 0;
  return (events, order, { ticksPerQuarter }) => {
    const barTicks = ticksPerQuarter * BEATS_A_BAR;
    let bar = 0;
    let now = 0;
    for (let place = 0; place < events.length; place += 1) {
      const row = order[place] ?? 0;
      const kind = events.kind[row] ?? NOTE;
      if (kind > DRUM_NOTE) continue;
      const tick = events.tick[row] ?? 0;
      const tone = events.value[row] ?? 0;
      while (tick + half > (bar + 1) * barTicks) {
        bar += 1;
        now = bar * barTicks;
        out.now = now;
        out.push(ids.bar);
      }
      out.now = tick;
      if (tick - now >= half) {
        const shift = indexOf(tick - now);
        out.push(ids.timeShift + shift);
        now += ticks[shift] ?? 0;
      }
      out.push((kind === NOTE ? ids.pitch : ids.drumPitch) + pitchOf(tone));
      out.pushFour(
        ids.microtiming + Math.max(-largest, Math.min(largest, tick - now)),
        ids.velocity + velocityOf(tone),
        ids.duration + indexOf(events.duration[row] ?? 0),
        NO_TOKEN,
      );
    }
  };
}

/** For each span up to the longest: index of the nearest entry, of two as near the first in the list. */
function nearestIndices(ticks: readonly number[]): Uint16Array {
  const ascending = [...ticks.keys()].sort((a, b) => (ticks[a] ?? 0) - (ticks[b] ?? 0));
  const nearest = new Uint16Array(Math.max(...ticks) + 1);
  let place = 0;
  for (let span = 0; span < nearest.length; span += 1) {
    const distance = (index: number): number => Math.abs((ticks[index] ?? 0) - span);
    let best = ascending[place] ?? 0;
    const next = ascending[place + 1];
    if (next !== undefined && (distance(next) < distance(best) || (distance(next) === distance(best) && next < best))) {
      best = next;
      place += 1;
    }
    nearest[span] = best;
  }
  return nearest;
}
