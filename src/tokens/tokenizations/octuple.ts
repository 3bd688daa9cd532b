import { BeatTicks } from '../decode/beat-ticks.ts';
import { octupleDecoder } from '../decode/octuple-decoder.ts';
import { INTERVAL, TEMPO, TIME_SIGNATURE } from '../encode/event-table.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import type { TokenBuffer } from '../encode/token-buffer.ts';
import { ticksPerBeat } from '../preprocess/meters.ts';
import { type BlockName, positionCount, tokenBlocks, upTo } from '../token-blocks.ts';
import { TokenMissing } from '../token-missing.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { barParams, isLeftOut, settleCompound } from './compound.ts';
import { CUT, type MidiTokTokenization } from './tokenization.ts';

const OPTIONAL: readonly BlockName[] = ['velocity', 'duration', 'program', 'tempo', 'timeSignature'];

/**
 * Octuple (Zeng et al., "MusicBERT", 2021): a row a note, with pitch, position, bar, and where they are used velocity,
 * duration, program, tempo and time signature. Ends at the last bar that has a token.
 */
export const octuple: MidiTokTokenization = {
  settle: (options) => ({
    ...settleCompound(options),
    use_chords: false,
    use_rests: false,
    use_pitch_intervals: false,
    delete_equal_successive_tempo_changes: true,
    additional_params: { ...options.additional_params, ...barParams(options) },
  }),
  columns(config, values) {
    const optional = OPTIONAL.map((name) => tokenBlocks(config, values, [name])).filter((column) => column.length > 0);
    return [
      tokenBlocks(config, values, ['pitch', 'pitchDrum']),
      tokenBlocks(config, values, ['position']),
      [{ type: 'Bar', values: upTo(barParams(config).max_bar_embedding) }],
      ...optional,
    ];
  },
  encoder: octupleEncoder,
  decoder: (config, defaultTempo) => octupleDecoder(config, new BeatTicks(config), defaultTempo),
  cutBefore: (type) => (type === 'Pitch' || type === 'PitchDrum' ? CUT.event : CUT.inside),
  barColumn: 2,
  mostBars: (config) => barParams(config).max_bar_embedding,
};

function octupleEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values, vocabulary } = tables;
  const positions = vocabulary.idsOf('Position', upTo(positionCount(values)));
  const bars = vocabulary.idsOf('Bar', upTo(barParams(config).max_bar_embedding));
  const hasDurations = config.use_note_duration_programs.length > 0;
  const meterOf = new Map([...ids.timeSignature].map((id, index) => [id, values.timeSignatures[index] ?? COMMON]));
  return (events, order, { ticksPerQuarter }) => {
    const { tick: ticks, kind: kinds, program, first, second, third, length } = events;
    let beatTicks = ticksPerQuarter;
    let barTicks = beatTicks * 4;
    let tempo = ids.tempo[values.defaultTempo] ?? NO_TOKEN;
    let meter = vocabulary.idOf('TimeSig_4/4');
    let meterBar = 0;
    let meterStart = 0;
    let bar = 0;
    let position = 0;
    let now = 0;
    for (let place = 0; place < length; place += 1) {
      const row = order[place] ?? 0;
      const tick = ticks[row] ?? 0;
      if (tick !== now) {
        const count = Math.floor((tick - meterStart) / barTicks);
        bar = meterBar + count;
        position = Math.floor((tick - meterStart - count * barTicks) / Math.floor(beatTicks / values.positionsPerBeat));
        now = tick;
      }
      const kind = kinds[row] ?? 0;
      const said = first[row] ?? NO_TOKEN;
      if (kind === TEMPO) tempo = said;
      else if (kind === TIME_SIGNATURE) {
        meter = said;
        const { numerator, denominator } = meterOf.get(said) ?? COMMON;
        beatTicks = ticksPerBeat(denominator, ticksPerQuarter);
        barTicks = beatTicks * numerator;
        meterBar = bar;
        meterStart = now;
      } else if (kind <= INTERVAL) {
        const duration = third[row] ?? NO_TOKEN;
        if (hasDurations && duration === NO_TOKEN && isLeftOut(place === length - 1)) continue;
        const [barId, positionId] = [bars[bar], positions[position]];
        if (barId === undefined) throw new TokenMissing(`Bar_${bar}`);
        if (positionId === undefined) throw new TokenMissing(`Position_${position}`);
        if (config.use_time_signatures && meter === NO_TOKEN) throw new TokenMissing('TimeSig_4/4');
        out.pushFour(said, positionId, barId, second[row] ?? NO_TOKEN);
        out.pushFour(
          duration,
          config.use_programs ? (program[row] ?? NO_TOKEN) : NO_TOKEN,
          config.use_tempos ? tempo : NO_TOKEN,
          config.use_time_signatures ? meter : NO_TOKEN,
        );
      }
    }
  };
}

const COMMON = { numerator: 4, denominator: 4 };
