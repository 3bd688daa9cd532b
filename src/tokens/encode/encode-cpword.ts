import { BarClock } from '../bar-clock.ts';
import { pitchOf, velocityOf } from '../preprocess/note-list.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { DRUM_NOTE, NOTE, TEMPO, TIME_SIGNATURE } from './event-table.ts';
import { firstMeter } from './first-meter.ts';
import { pushSpans } from './push-spans.ts';
import type { StreamEncoder } from './stream-encoder.ts';
import { TokenBuffer } from './token-buffer.ts';

/**
 * CPWord (Hsiao et al., "Compound Word Transformer", 2021): rows of ids, one column a kind of token. A row is a bar line, a
 * position or a rest (family Metric), or a note (family Note); columns it does not use say Ignore.
 */
export function cpWordEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values, vocabulary } = tables;
  const columnOf = (type: string): number =>
    vocabulary.columns.findIndex((column) => column.blockOf(type) !== undefined);
  const tempoColumn = columnOf('Tempo');
  const meterColumn = columnOf('TimeSig');
  const restColumn = columnOf('Rest');
  const programColumn = columnOf('Program');
  const columns = vocabulary.columns.length;
  const row = new Uint16Array(columns);
  const restIds = new TokenBuffer();

  const begin = (family: number): void => {
    row.fill(ids.ignore);
    row[0] = family;
  };
  const finish = (): void => {
    for (let column = 0; column < columns; column += 1) out.push(row[column] ?? ids.ignore);
  };
  const pushBar = (meter: number): void => {
    begin(ids.family);
    row[1] = ids.bar;
    if (meterColumn >= 0) row[meterColumn] = ids.timeSignature + meter;
    finish();
  };
  const pushPosition = (position: number, tempo: number): void => {
    begin(ids.family);
    row[1] = ids.position + position;
    if (tempoColumn >= 0) row[tempoColumn] = tempo;
    finish();
  };
  const pushRests = (span: number, rests: ReturnType<typeof tables.rests>): number => {
    const said = pushSpans(restIds, span, rests, ids.rest);
    for (const rest of restIds.take()) {
      begin(ids.family);
      row[restColumn] = rest;
      finish();
    }
    restIds.reset();
    return said;
  };
  const pushNote = (program: number, pitch: number, velocity: number, duration: number): void => {
    begin(ids.family + 1);
    row[2] = pitch;
    row[3] = velocity;
    row[4] = duration;
    if (programColumn >= 0) row[programColumn] = program;
    finish();
  };

  return (events, order, { ticksPerQuarter }) => {
    const clock = new BarClock(firstMeter(events, order, ids.timeSignature), values, ticksPerQuarter);
    let tempo = ids.tempo + values.defaultTempo;
    let now = -1;
    let silentFrom = 0;
    for (let place = 0; place < events.length; place += 1) {
      const at = order[place] ?? 0;
      const tick = events.tick[at] ?? 0;
      const kind = events.kind[at] ?? NOTE;
      const value = events.value[at] ?? 0;
      if (kind === TEMPO) tempo = value;
      if (tick !== now) {
        const rests = tables.rests(clock.beatTicks);
        if (config.use_rests && tick - silentFrom >= rests.shortest) {
          clock.passRest(silentFrom + pushRests(tick - silentFrom, rests));
        }
        const bar = clock.barAt(tick);
        while (clock.bar < bar) {
          clock.nextBar();
          const isNewMeter = kind === TIME_SIGNATURE && clock.bar === bar;
          pushBar(isNewMeter ? value - ids.timeSignature : clock.meter);
        }
        if (kind !== TIME_SIGNATURE) pushPosition(clock.positionAt(tick), tempo);
        now = tick;
      }
      if (kind === TIME_SIGNATURE) {
        clock.changeMeter(value - ids.timeSignature, tick);
        now -= 1;
      }
      const duration = events.duration[at] ?? 0;
      if (kind <= DRUM_NOTE) {
        pushNote(
          events.program[at] ?? ids.ignore,
          (kind === NOTE ? ids.pitch : ids.drumPitch) + pitchOf(value),
          ids.velocity + velocityOf(value),
          ids.duration + (tables.durations(clock.beatTicks).nearest[duration] ?? 0),
        );
      }
      silentFrom = Math.max(silentFrom, tick + duration);
    }
  };
}
