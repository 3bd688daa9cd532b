import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { BeatTicks } from './beat-ticks.ts';
import { columnsOf, isNone, isSameMeter, RepeatedTempos, type Row, tokenOf } from './compound-tokens.ts';
import type { Decoder, Rows } from './decoder.ts';
import { USUAL_VELOCITY } from './note-reader.ts';
import { firstMeter, meterOf } from './remi-clock.ts';
import type { MeterChange, ScoreBuilder } from './score-builder.ts';
import { StreamTracks } from './stream-tracks.ts';
import { numberOf, spanOf } from './token-meanings.ts';

const [PITCH, POSITION, BAR] = [0, 1, 2];

/**
 * Octuple: a row a note. A meter begins with the first bar that has a note under it, and a tempo with the first note: rows do
 * not say more. As in MidiTok the bar of the last meter is not forgotten from one stream to the next, and every
 * stream but the first says 4/4 at the start.
 */
export function octupleDecoder(config: TokenizerConfig, ticks: BeatTicks, defaultTempo: number): Decoder {
  const columns = columnsOf(config, ['Pitch', 'Position', 'Bar']);
  const needed = [
    PITCH,
    POSITION,
    BAR,
    ...['Velocity', 'Duration', 'Program'].map((type) => columns.get(type) ?? PITCH),
  ];

  function decodeRows(
    rows: Rows,
    stream: number,
    place: { meterBar: number; meterStart: number },
    builder: ScoreBuilder,
    tempos: RepeatedTempos,
  ): void {
    const [firstRow] = rows;
    builder.meters.push(stream === 0 ? meterOfRow(firstRow) : firstMeter([], false));
    let meter = builder.meters[0] ?? firstMeter([], false);
    const firstProgram = firstRow === undefined ? undefined : tokenOf(firstRow, columns, 'Program');
    const tracks = new StreamTracks(config, firstProgram === undefined ? undefined : numberOf(firstProgram));
    for (const row of rows) {
      const [pitch, position, bar] = row;
      if (pitch === undefined || position === undefined || bar === undefined) continue;
      const program = tokenOf(row, columns, 'Program');
      if (program !== undefined) tracks.program = numberOf(program);
      if (needed.some((column) => isNone(row[column]))) continue;
      const barsSince = (numberOf(bar) - place.meterBar) * ticks.ofBar(meter);
      const tick = place.meterStart + barsSince + numberOf(position) * ticks.ofPosition(meter.denominator);
      const said = tokenOf(row, columns, 'TimeSig');
      const next = said === undefined ? meter : meterOf(said, place.meterStart + barsSince);
      if (!isSameMeter(next, meter)) {
        place.meterStart += barsSince;
        place.meterBar = numberOf(bar);
        meter = next;
        if (stream === 0) builder.meters.push(meter);
      }
      const velocity = tokenOf(row, columns, 'Velocity');
      tracks
        .of()
        .addNote(
          tick,
          spanOfRow(row, meter),
          numberOf(pitch),
          velocity === undefined ? USUAL_VELOCITY : numberOf(velocity),
        );
      const tempo = tokenOf(row, columns, 'Tempo');
      if (tempo !== undefined && stream === 0) tempos.see(tick, numberOf(tempo));
    }
    builder.tracks.push(...tracks.build());
  }

  function meterOfRow(row: Row | undefined): MeterChange {
    const token = row === undefined ? undefined : tokenOf(row, columns, 'TimeSig');
    return token === undefined ? firstMeter([], false) : meterOf(token, 0);
  }

  function spanOfRow(row: Row, { denominator }: MeterChange): number {
    const duration = tokenOf(row, columns, 'Duration');
    const beatTicks = ticks.ofBeat(denominator);
    return duration === undefined ? Math.trunc(config.default_note_duration * beatTicks) : spanOf(duration, beatTicks);
  }

  return {
    decode(streams, builder) {
      const tempos = new RepeatedTempos();
      const place = { meterBar: 0, meterStart: 0 };
      for (const [stream, rows] of streams.entries()) decodeRows(rows, stream, place, builder, tempos);
      tempos.addTo(builder, defaultTempo);
    },
  };
}
