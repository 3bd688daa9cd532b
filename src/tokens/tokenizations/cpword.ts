import { BarClock } from '../bar-clock.ts';
import { BeatTicks } from '../decode/beat-ticks.ts';
import { cpWordDecoder } from '../decode/cpword-decoder.ts';
import { CHORD, INTERVAL, TEMPO, TIME_SIGNATURE } from '../encode/event-table.ts';
import { firstMeter } from '../encode/first-meter.ts';
import { pushSpans } from '../encode/push-spans.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import { TokenBuffer } from '../encode/token-buffer.ts';
import type { TimeTable } from '../time-table.ts';
import { timeValueText } from '../time-values.ts';
import { type BlockName, positionCount, tokenBlocks, upTo } from '../token-blocks.ts';
import { TokenMissing } from '../token-missing.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN, type TokenBlock } from '../vocabulary.ts';
import { isLeftOut, settleCompound } from './compound.ts';
import { CUT, type MidiTokTokenization, usualCut } from './tokenization.ts';

/** Columns behind the first two, as far as the options have them. */
const OPTIONAL: readonly BlockName[] = ['velocity', 'duration', 'program', 'chord', 'rest', 'tempo', 'timeSignature'];
const FAMILY: TokenBlock = { type: 'Family', values: ['Metric', 'Note'] };
const IGNORE: TokenBlock = { type: 'Ignore', values: ['None'] };

/**
 * CPWord (Hsiao et al., "Compound Word Transformer", 2021): rows of ids, one column a kind of token. A row is a bar line, a
 * position or a rest (family Metric), or a note (family Note); columns it does not use say Ignore.
 */
export const cpWord: MidiTokTokenization = {
  settle: (options) => ({ ...settleCompound(options), use_pitch_intervals: false }),
  columns(config, values) {
    const blocks = (...names: readonly BlockName[]): readonly TokenBlock[] => tokenBlocks(config, values, names);
    const optional = OPTIONAL.map((name) => blocks(name)).filter((column) => column.length > 0);
    const columns = [blocks('bar', 'position'), blocks('pitch', 'pitchDrum'), ...optional];
    return [[FAMILY], ...columns.map((column) => [IGNORE, ...column])];
  },
  encoder: cpWordEncoder,
  decoder: (config, defaultTempo) => cpWordDecoder(config, new BeatTicks(config), defaultTempo),
  cutBefore(type, config) {
    // A Program is in the row of its note, and a time signature in that of its bar.
    const isRowOfNote = type === 'Pitch' || type === 'PitchDrum';
    return isRowOfNote ? CUT.event : type === 'TimeSig' || type === 'Program' ? CUT.inside : usualCut(type, config);
  },
};

function cpWordEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values, vocabulary } = tables;
  const metric = vocabulary.idOf('Family_Metric');
  const note = vocabulary.idOf('Family_Note');
  const ignore = vocabulary.idOf('Ignore_None');
  const barId = vocabulary.idOf('Bar_None');
  const positions = vocabulary.idsOf('Position', upTo(positionCount(values)));
  const restIds = vocabulary.idsOf('Rest', values.rests.map(timeValueText));
  const meterAt = new Map([...ids.timeSignature].map((id, index) => [id, index]));
  // Where each kind of token is; one behind the last column where there is none.
  const column = new Map(vocabulary.columns.map(({ tokens }, index) => [tokens.at(-1)?.split('_')[0], index]));
  const columns = vocabulary.columns.length;
  const columnOf = (type: string): number => column.get(type) ?? columns;
  const velocityAt = columnOf('Velocity');
  const durationAt = columnOf('Duration');
  const programAt = columnOf('Program');
  const chordAt = columnOf('Chord');
  const restAt = columnOf('Rest');
  const tempoAt = columnOf('Tempo');
  const meterColumn = columnOf('TimeSig');
  const row = new Uint16Array(columns + 1);
  const restBuffer = new TokenBuffer();

  // Behind the last column there is room for what has no column.
  const put = (at: number, id: number): void => {
    row[at] = id;
  };
  const begin = (family: number, at: number, id: number): void => {
    row.fill(ignore);
    put(0, family);
    put(at, id);
  };
  const finish = (): void => {
    for (let index = 0; index < columns; index += 1) out.push(row[index] ?? ignore);
  };
  const pushRests = (span: number, rests: TimeTable): number => {
    const said = pushSpans(restBuffer, span, rests, restIds);
    for (const rest of restBuffer.take()) {
      begin(metric, restAt, rest);
      finish();
    }
    restBuffer.reset();
    return said;
  };

  return (events, order, { ticksPerQuarter }) => {
    const clock = new BarClock(meterAt.get(firstMeter(events, order) ?? -1) ?? -1, values, ticksPerQuarter);
    let tempo = ids.tempo[values.defaultTempo] ?? NO_TOKEN;
    let now = -1;
    let silentFrom = 0;
    for (let place = 0; place < events.length; place += 1) {
      const at = order[place] ?? 0;
      const tick = events.tick[at] ?? 0;
      const kind = events.kind[at] ?? 0;
      const said = events.first[at] ?? NO_TOKEN;
      if (kind === TEMPO) tempo = said;
      if (tick !== now) {
        if (config.use_rests) {
          const rests = tables.rests(clock.beatTicks);
          if (tick - silentFrom >= rests.shortest) clock.passRest(silentFrom + pushRests(tick - silentFrom, rests));
        }
        const bar = clock.barAt(tick);
        while (clock.bar < bar) {
          clock.nextBar();
          const isNewMeter = kind === TIME_SIGNATURE && clock.bar === bar;
          const meter = isNewMeter ? said : (ids.timeSignature[clock.meter] ?? NO_TOKEN);
          if (config.use_time_signatures && meter === NO_TOKEN) throw new TokenMissing('TimeSig_4/4');
          begin(metric, 1, barId);
          put(meterColumn, meter);
          finish();
        }
        if (kind !== TIME_SIGNATURE) {
          const position = positions[clock.positionAt(tick)];
          if (position === undefined) throw new TokenMissing(`Position_${clock.positionAt(tick)}`);
          begin(metric, 1, position);
          put(tempoAt, tempo);
          if (kind === CHORD) put(chordAt, said);
          finish();
        }
        now = tick;
      }
      if (kind === TIME_SIGNATURE) {
        clock.changeMeter(meterAt.get(said) ?? 0, tick);
        now -= 1;
      }
      if (kind <= INTERVAL) {
        const duration = events.third[at] ?? NO_TOKEN;
        const lacksDuration = duration === NO_TOKEN && durationAt !== columns;
        if (lacksDuration && isLeftOut(place === events.length - 1)) continue;
        begin(note, 2, said);
        put(velocityAt, events.second[at] ?? ignore);
        put(durationAt, duration);
        put(programAt, events.program[at] ?? ignore);
        finish();
      }
      silentFrom = Math.max(silentFrom, events.until[at] ?? 0);
    }
  };
}
