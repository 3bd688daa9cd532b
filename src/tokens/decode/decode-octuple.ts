import { BarClock } from '../bar-clock.ts';
import { timeValueTicks } from '../time-values.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { firstIndex } from './first-index.ts';
import type { ScoreBuilder } from './score-builder.ts';
import type { TokenMeaning } from './token-meanings.ts';

/**
 * Reads one stream of Octuple rows into `builder`. A time signature is taken to begin with the first bar that has a note
 * under it, and a tempo with the first note: rows do not say more.
 */
export function decodeOctuple(
  rows: readonly (readonly TokenMeaning[])[],
  stream: number,
  builder: ScoreBuilder,
  tables: TokenizerTables,
  ticksPerQuarter: number,
): void {
  const { values } = tables;
  const said = rows.flat();
  const clock = new BarClock(firstIndex(said, 'time_signature') ?? 0, values, ticksPerQuarter);
  let lastTempo = firstIndex(said, 'tempo') ?? -1;
  if (stream === 0) {
    builder.addMeter(0, clock.meter);
    if (lastTempo >= 0) builder.addTempo(0, lastTempo);
  }
  for (const row of rows) {
    const [pitch, position, bar, velocity, duration, ...rest] = row;
    if (pitch?.type !== 'pitch' || position?.type !== 'position' || bar?.type !== 'bar') continue;
    if (velocity?.type !== 'velocity' || duration?.type !== 'duration') continue;
    const barStart = Math.max(0, clock.startOf(bar.index));
    let program = 0;
    for (const token of rest) {
      if (token.type === 'program') program = token.program;
      else if (token.type === 'time_signature') {
        if (token.index !== clock.meter) clock.changeMeter(token.index, barStart);
        if (stream === 0) builder.addMeter(barStart, token.index);
      }
    }
    const tick = clock.tickOf(position.index, barStart);
    for (const token of rest) {
      if (token.type !== 'tempo' || token.index === lastTempo) continue;
      lastTempo = token.index;
      if (stream === 0) builder.addTempo(tick, token.index);
    }
    const value = values.durations[duration.index];
    const span = value === undefined ? 0 : timeValueTicks(value, clock.beatTicks);
    builder.track(stream, pitch.isDrum ? -1 : program, tick).addNote(tick, span, pitch.pitch, velocity.velocity);
  }
}
