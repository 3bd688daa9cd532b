import { BeatTicks } from '../decode/beat-ticks.ts';
import { muMidiDecoder } from '../decode/mumidi-decoder.ts';
import { CHORD, TEMPO } from '../encode/event-table.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import type { TokenBuffer } from '../encode/token-buffer.ts';
import { positionCount, range, tokenBlocks, upTo } from '../token-blocks.ts';
import { TokenMissing } from '../token-missing.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { barParams, settleCompound } from './compound.ts';
import { CUT, type MidiTokTokenization, usualCut } from './tokenization.ts';

const BEATS_A_BAR = 4;

/**
 * MuMIDI (Ren et al., "PopMAG", 2020): rows that are a bar line, a position, a program, a chord or a note; each says its bar
 * and its position as well, and the tempo. Only the rows of notes have the last columns, velocity and duration.
 */
export const muMidi: MidiTokTokenization = {
  settle: (options) => ({
    ...settleCompound(options),
    use_rests: false,
    use_time_signatures: false,
    use_programs: true,
    use_pitch_intervals: true,
    one_token_stream_for_programs: true,
    additional_params: { ...options.additional_params, ...barParams(options) },
  }),
  columns(config, values) {
    const optional = (['tempo', 'velocity', 'duration'] as const).map((name) => tokenBlocks(config, values, [name]));
    return [
      [
        ...tokenBlocks(config, values, ['pitch']),
        { type: 'PitchDrum', values: range(config.drums_pitch_range) },
        ...tokenBlocks(config, values, ['bar', 'position', 'program', 'chord']),
      ],
      [{ type: 'BarPosEnc', values: upTo(barParams(config).max_bar_embedding) }],
      [{ type: 'PositionPosEnc', values: ['None', ...upTo(positionCount(values))] }],
      ...optional.filter((column) => column.length > 0),
    ];
  },
  encoder: muMidiEncoder,
  decoder: (config, defaultTempo) => muMidiDecoder(config, new BeatTicks(config), defaultTempo),
  cutBefore: (type, config) => (type === 'Pitch' || type === 'PitchDrum' ? CUT.event : usualCut(type, config)),
  alwaysHasDrums: true,
  listsByProgram: true,
  hasShortRows: true,
  mostBars: (config) => barParams(config).max_bar_embedding,
};

function muMidiEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values, vocabulary } = tables;
  const positions = vocabulary.idsOf('Position', upTo(positionCount(values)));
  const positionCodes = vocabulary.idsOf('PositionPosEnc', upTo(positionCount(values)));
  const noPosition = vocabulary.idOf('PositionPosEnc_None');
  const barId = vocabulary.idOf('Bar_None');
  const barCodes = vocabulary.idsOf('BarPosEnc', upTo(barParams(config).max_bar_embedding));
  const hasDurations = config.use_note_duration_programs.length > 0;

  /** Rows of other things than notes have nothing in the last columns. */
  const pushRow = (
    said: number,
    bar: number,
    position: number,
    tempo: number,
    velocity = NO_TOKEN,
    duration = NO_TOKEN,
  ) => {
    const barCode = barCodes[bar];
    if (barCode === undefined) throw new TokenMissing(`BarPosEnc_${bar}`);
    out.push(said);
    out.push(barCode);
    out.push(position);
    if (config.use_tempos) out.push(tempo);
    if (config.use_velocities) out.push(velocity);
    if (hasDurations) out.push(duration);
  };

  return (events, order, { ticksPerQuarter }) => {
    const barTicks = ticksPerQuarter * BEATS_A_BAR;
    let tempo = ids.tempo[values.defaultTempo] ?? NO_TOKEN;
    let now = -1;
    let bar = -1;
    let program = NO_TOKEN;
    let position = noPosition;
    for (let place = 0; place < events.length; place += 1) {
      const row = order[place] ?? 0;
      const tick = events.tick[row] ?? 0;
      const said = events.first[row] ?? NO_TOKEN;
      if (events.kind[row] === TEMPO) {
        tempo = said;
        continue;
      }
      if (tick !== now) {
        now = tick;
        program = NO_TOKEN;
        while (bar < Math.floor(tick / barTicks)) {
          bar += 1;
          pushRow(barId, bar, noPosition, tempo);
        }
        position = positionCodes[tick % barTicks] ?? NO_TOKEN;
        pushRow(positions[tick % barTicks] ?? NO_TOKEN, bar, position, tempo);
      }
      if (events.program[row] !== program) {
        program = events.program[row] ?? NO_TOKEN;
        pushRow(program, bar, position, tempo);
      }
      if (said === NO_TOKEN) throw new TokenMissing('for the pitch of a drum');
      if (events.kind[row] === CHORD) pushRow(said, bar, position, tempo);
      else pushRow(said, bar, position, tempo, events.second[row], events.third[row]);
    }
  };
}
