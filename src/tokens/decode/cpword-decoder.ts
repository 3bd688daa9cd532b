import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { BeatTicks } from './beat-ticks.ts';
import { columnsOf, isNone, RepeatedTempos, type Row, tokenOf } from './compound-tokens.ts';
import type { Decoder, Rows } from './decoder.ts';
import { USUAL_VELOCITY } from './note-reader.ts';
import { firstMeter, meterOf, RemiClock } from './remi-clock.ts';
import type { MeterChange, ScoreBuilder } from './score-builder.ts';
import { StreamTracks } from './stream-tracks.ts';
import { numberOf } from './token-meanings.ts';

const [FAMILY, TIME, PITCH] = [0, 1, 2];

/** CPWord: rows of the families Metric (bars with their meter, positions with their tempo, rests) and Note. */
export function cpWordDecoder(config: TokenizerConfig, ticks: BeatTicks, defaultTempo: number): Decoder {
  const columns = columnsOf(config, ['Family', 'Position', 'Pitch']);
  const noteColumns = ['Velocity', 'Duration', 'Program'].map((type) => columns.get(type) ?? PITCH);

  function readNote(row: Row, tracks: StreamTracks, clock: RemiClock): void {
    const pitch = row[PITCH];
    if (pitch === undefined || isNone(pitch) || noteColumns.some((column) => isNone(row[column]))) return;
    const [velocity, duration, program] = ['Velocity', 'Duration', 'Program'].map((type) =>
      tokenOf(row, columns, type),
    );
    if (program !== undefined && config.one_token_stream_for_programs) tracks.change(numberOf(program));
    const span =
      duration === undefined ? Math.trunc(config.default_note_duration * clock.beatTicks) : clock.spanOf(duration);
    tracks
      .of()
      .addNote(clock.tick, span, numberOf(pitch), velocity === undefined ? USUAL_VELOCITY : numberOf(velocity));
    clock.noteEnds(clock.tick + span);
  }

  function readMetric(row: Row, clock: RemiClock, tempos: RepeatedTempos | undefined): void {
    const time = row[TIME];
    if (time?.type === 'Bar') {
      clock.nextBar();
      const meter = tokenOf(row, columns, 'TimeSig');
      if (meter !== undefined) clock.changeMeter(meter);
    } else if (time?.type === 'Position') {
      clock.toPosition(numberOf(time));
      const tempo = tokenOf(row, columns, 'Tempo');
      if (tempo !== undefined && tempos?.lastTick !== clock.tick) tempos?.see(clock.tick, numberOf(tempo));
    } else {
      const rest = tokenOf(row, columns, 'Rest');
      if (rest !== undefined) clock.rest(rest);
    }
    clock.noteEnds(clock.tick);
  }

  function decodeRows(rows: Rows, stream: number, builder: ScoreBuilder, tempos: RepeatedTempos): void {
    if (stream === 0) builder.meters.push(firstMeterOf(rows));
    const clock = new RemiClock(ticks, builder.meters[0] ?? firstMeter([], false), (meter) => {
      if (stream === 0) builder.meters.push(meter);
    });
    const firstNote = rows.find((row) => isOfFamily(row, 'Note'));
    const program = firstNote === undefined ? undefined : tokenOf(firstNote, columns, 'Program');
    const tracks = new StreamTracks(config, program === undefined ? undefined : numberOf(program));
    for (const row of rows) {
      if (isOfFamily(row, 'Note')) readNote(row, tracks, clock);
      else if (isOfFamily(row, 'Metric')) readMetric(row, clock, stream === 0 ? tempos : undefined);
    }
    builder.tracks.push(...tracks.build());
  }

  /** The meter of the first bar, if nothing but other metric rows precedes it. */
  function firstMeterOf(rows: Rows): MeterChange {
    const first = rows.find((row) => !isOfFamily(row, 'Metric') || row[TIME]?.type === 'Bar');
    const token = first === undefined || !isOfFamily(first, 'Metric') ? undefined : tokenOf(first, columns, 'TimeSig');
    return token === undefined ? firstMeter([], false) : meterOf(token, 0);
  }

  return {
    decode(streams, builder) {
      const tempos = new RepeatedTempos();
      for (const [stream, rows] of streams.entries()) decodeRows(rows, stream, builder, tempos);
      tempos.addTo(builder, defaultTempo);
    },
  };
}

function isOfFamily(row: Row, family: string): boolean {
  return row[FAMILY]?.value === family;
}
