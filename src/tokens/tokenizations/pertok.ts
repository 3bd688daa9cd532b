import { ConfigError } from '../../errors.ts';
import { evenlySpaced } from '../bins.ts';
import { perTokDecoder } from '../decode/plain-decoder.ts';
import { CHORD, CONTROL, type EventTable, NOTE, PEDAL, PITCH_BEND, TIME_SIGNATURE } from '../encode/event-table.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import type { TokenBuffer } from '../encode/token-buffer.ts';
import { readBoolean, readInteger, readNumber } from '../option-readers.ts';
import { type TimeValue, timeValueText } from '../time-values.ts';
import { additionalBlocks, tokenBlocks } from '../token-blocks.ts';
import type { TokenizerOptions } from '../tokenizer-config.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { ownParams } from './own-params.ts';
import { CUT, type MidiTokTokenization, usualCut } from './tokenization.ts';

/** There is no other time signature before the first. */
const BEATS_A_BAR = 4;
/** Kinds of events that say how far they are from the grid; a note that is said as an interval in time does not. */
const MICROTIMED = new Set([NOTE, PEDAL, PITCH_BEND, CONTROL, CHORD]);

/**
 * PerTok (Lenz and Mani, "PerTok: Expressive Encoding and Modeling of Symbolic Musical Ideas and Variations", 2024): the
 * time to the next event on a grid as TimeShift or Position, and the deviation from the grid as MicroTiming. Ticks are
 * those of `ticks_per_quarter`. The first bar has no Bar token.
 */
export const perTok: MidiTokTokenization = {
  settle(options) {
    if (fineDurations(options).length > 0) return options;
    throw new ConfigError('tokenizer_config_invalid', 'wrong tokenizer configuration: beat_res says no span of time');
  },
  columns(config, values) {
    const { use_position_toks: hasPositions, use_microtiming: hasMicrotiming } = params(config);
    const places = [0, ...values.durations.map(ticksOf)].sort((a, b) => a - b);
    return [
      [
        ...tokenBlocks(config, values, ['bar', 'pitch', 'velocity', 'duration', 'pedalDuration']),
        ...(hasPositions ? [{ type: 'Position', values: places }] : tokenBlocks(config, values, ['timeShift'])),
        ...(hasMicrotiming ? [{ type: 'MicroTiming', values: microtimings(config) }] : []),
        ...tokenBlocks(config, values, additionalBlocks(false)),
      ],
    ];
  },
  encoder: perTokEncoder,
  decoder(config) {
    const { ticks_per_quarter: ticks, use_microtiming: hasMicrotiming } = params(config);
    return perTokDecoder(config, ticks, hasMicrotiming);
  },
  cutBefore: (type, config) => (type === 'MicroTiming' ? CUT.inside : usualCut(type, config)),
  fineGrid(config) {
    const durations = fineDurations(config);
    const nearest = firstNearest(durations.map(ticksOf));
    return { ticksPerQuarter: params(config).ticks_per_quarter, durations, nearest };
  },
};

function params(options: TokenizerOptions) {
  const isUsed = options.additional_params.use_microtiming === true;
  return ownParams(options, {
    ticks_per_quarter: { read: readInteger(1, 32_767), standard: undefined },
    use_microtiming: { read: readBoolean, standard: undefined },
    max_microtiming_shift: { read: readNumber, standard: undefined },
    num_microtiming_bins: { read: readInteger(0, 65_000), standard: isUsed ? undefined : null },
    use_position_toks: { read: readBoolean, standard: false },
  });
}

/** The spans of each resolution in turn, in whole ticks, none twice; not in order of length. */
function fineDurations(config: TokenizerOptions): readonly TimeValue[] {
  const { ticks_per_quarter: ticks } = params(config);
  const values = new Map<number, TimeValue>();
  for (const { from, to, resolution } of config.beat_res) {
    for (let beat = from; beat < to; beat += 1) {
      for (let part = 0; part < resolution; part += 1) {
        const position = Math.floor(ticks / resolution) * part;
        const value = { beat, position, resolution: ticks };
        if ((beat > 0 || part > 0) && !values.has(ticksOf(value))) values.set(ticksOf(value), value);
      }
    }
  }
  return [...values.values()];
}

function ticksOf({ beat, position, resolution }: TimeValue): number {
  return beat * resolution + position;
}

/** Deviations in ticks, from the most early to the most late. */
function microtimings(config: TokenizerOptions): readonly number[] {
  const { ticks_per_quarter: ticks, max_microtiming_shift: shift, num_microtiming_bins: bins } = params(config);
  return evenlySpaced(-ticks * shift, ticks * shift, (bins ?? 0) + 1).map(Math.floor);
}

/** Makes the function that finds the place of the number nearest to a value; of two as near that which is first. */
function firstNearest(numbers: readonly number[]): (value: number) => number {
  const places = [...numbers.keys()].sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b);
  const ascending = places.map((place) => numbers[place] ?? 0);
  return (value) => {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ascending[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    const [above, below] = [places[low], places[low - 1]];
    if (above === undefined || below === undefined) return above ?? below ?? 0;
    const [up, down] = [(numbers[above] ?? 0) - value, value - (numbers[below] ?? 0)];
    return up < down || (up === down && above < below) ? above : firstEqual(below);
  };

  /** Of equal numbers the first. */
  function firstEqual(place: number): number {
    return numbers.indexOf(numbers[place] ?? 0);
  }
}

/** As `firstNearest`, but with differences of 32 bits, as NumPy has them: beyond a quarter of their range they run over. */
function firstNearestOfInts(numbers: readonly number[]): (value: number) => number {
  const nearest = firstNearest(numbers);
  return (value) => {
    if (value > -(2 ** 30)) return nearest(value);
    const distances = Int32Array.from(numbers, (number) => Math.abs((number - value) | 0));
    return distances.indexOf(Math.min(...distances));
  };
}

function perTokEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, ids, values, vocabulary } = tables;
  const {
    ticks_per_quarter: quarter,
    use_microtiming: hasMicrotiming,
    use_position_toks: hasPositions,
  } = params(config);
  const shifts = values.durations.map(ticksOf);
  const shiftIds = vocabulary.idsOf('TimeShift', values.durations.map(timeValueText));
  const nearestShift = firstNearest(shifts);
  const half = Math.trunc(Math.min(...shifts) * 0.5);
  const places = [0, ...shifts].sort((a, b) => a - b);
  const placeIds = vocabulary.idsOf('Position', places);
  const nearestPlace = firstNearest(places);
  const deviations = microtimings(config);
  const deviationIds = vocabulary.idsOf('MicroTiming', deviations);
  const nearestDeviation = firstNearestOfInts(deviations);
  const barId = vocabulary.idOf('Bar_None');
  const meterOf = new Map([...ids.timeSignature].map((id, index) => [id, values.timeSignatures[index]]));

  return (events, order) => {
    let barTicks = quarter * BEATS_A_BAR;
    let bar = 0;
    let barStart = 0;
    let now = 0;

    /** Moves to `tick` and says the token there, with its deviation. */
    const pushTimed = (tick: number, id: number): void => {
      const span = tick - now;
      let deviation = span;
      if (hasPositions) {
        const place = nearestPlace(tick - barStart);
        deviation = tick - barStart - (places[place] ?? 0);
        if (span >= half) {
          out.push(placeIds[place] ?? NO_TOKEN);
          now = barStart + (places[place] ?? 0);
        }
      } else if (span >= half) {
        const shift = nearestShift(span);
        out.push(shiftIds[shift] ?? NO_TOKEN);
        now += shifts[shift] ?? 0;
        deviation = span - (shifts[shift] ?? 0);
      }
      out.push(id);
      if (hasMicrotiming) out.push(deviationIds[nearestDeviation(deviation)] ?? NO_TOKEN);
    };

    const pushEvent = ({ kind, program, first, second, third }: EventTable, row: number, tick: number): void => {
      const said = first[row] ?? NO_TOKEN;
      if (program[row] !== NO_TOKEN) pushTimed(tick, program[row] ?? NO_TOKEN);
      if (MICROTIMED.has(kind[row] ?? 0)) pushTimed(tick, said);
      else out.push(said);
      out.pushFour(second[row] ?? NO_TOKEN, third[row] ?? NO_TOKEN, NO_TOKEN, NO_TOKEN);
    };

    for (let place = 0; place < events.length; place += 1) {
      const row = order[place] ?? 0;
      const tick = events.tick[row] ?? 0;
      while (tick > (bar + 1) * barTicks - half) {
        barStart += barTicks;
        bar += 1;
        now = bar * barTicks;
        out.now = barStart;
        out.push(barId);
      }
      out.now = tick;
      const meter = events.kind[row] === TIME_SIGNATURE ? meterOf.get(events.first[row] ?? NO_TOKEN) : undefined;
      if (meter !== undefined) barTicks = (meter.denominator / 4) * meter.numerator * quarter;
      pushEvent(events, row, tick);
    }
  };
}
