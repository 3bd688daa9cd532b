import { BarClock } from '../bar-clock.ts';
import { BeatTicks } from '../decode/beat-ticks.ts';
import { remiDecoder } from '../decode/plain-decoder.ts';
import { TIME_SIGNATURE } from '../encode/event-table.ts';
import { firstMeter } from '../encode/first-meter.ts';
import { pushSpans } from '../encode/push-spans.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import type { TokenBuffer } from '../encode/token-buffer.ts';
import { readBoolean, readOptionalInteger } from '../option-readers.ts';
import { timeValueText } from '../time-values.ts';
import { additionalBlocks, positionCount, tokenBlocks, upTo } from '../token-blocks.ts';
import { TokenMissing } from '../token-missing.ts';
import type { TokenizerOptions } from '../tokenizer-config.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { ownParams } from './own-params.ts';
import { CUT, type MidiTokTokenization, usualCut } from './tokenization.ts';

/**
 * REMI (Huang and Yang, "Pop Music Transformer", 2020; with programs it is REMI+, von Rütte et al., 2023): a Bar token
 * at each bar line, a Position token where something starts, then what starts there.
 */
export const remi: MidiTokTokenization = {
  settle: (options) => ({ ...options, additional_params: { ...options.additional_params, ...params(options) } }),
  columns(config, values) {
    const { max_bar_embedding: bars, use_bar_end_tokens: hasEnds } = params(config);
    const names = bars === null ? ['None'] : upTo(bars);
    return [
      [
        { type: 'Bar', values: hasEnds ? [...names, 'End'] : names },
        ...tokenBlocks(config, values, [
          'pitch',
          'velocity',
          'duration',
          'pedalDuration',
          'position',
          ...additionalBlocks(false),
        ]),
      ],
    ];
  },
  encoder: remiEncoder,
  decoder: (config) => remiDecoder(config, new BeatTicks(config)),
  // The time signature of a bar belongs to its Bar token.
  cutBefore: (type, config) => (type === 'TimeSig' ? CUT.inside : usualCut(type, config)),
};

function params(options: TokenizerOptions) {
  return ownParams(options, {
    max_bar_embedding: { read: readOptionalInteger(0, 60_000), standard: null },
    use_bar_end_tokens: { read: readBoolean, standard: false },
    add_trailing_bars: { read: readBoolean, standard: false },
  });
}

function remiEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { config, values, vocabulary, ids, mindsSilence } = tables;
  const { max_bar_embedding: bars, add_trailing_bars: addsTrailing, use_bar_end_tokens: hasEnds } = params(config);
  const withMeter = config.use_time_signatures;
  const withRests = config.use_rests;
  const positions = vocabulary.idsOf('Position', upTo(positionCount(values)));
  const restIds = vocabulary.idsOf('Rest', values.rests.map(timeValueText));
  const anyBar = vocabulary.idOf('Bar_None');
  const barIds = vocabulary.idsOf('Bar', upTo(bars ?? 0));
  const barEnd = hasEnds ? vocabulary.idOf('Bar_End') : NO_TOKEN;
  // Up to 3.0.6 a rest began where silence did, even if a token had told of later.
  const restsFromNow = config.miditok === '3.1.0';
  const meterAt = new Map([...ids.timeSignature].map((id, index) => [id, index]));

  const pushBars = (clock: BarClock, last: number, meterFollows: boolean): void => {
    const first = clock.bar;
    while (clock.bar < last) {
      clock.nextBar();
      if (barEnd !== NO_TOKEN && clock.bar > 0) {
        out.now = clock.barStart - 1;
        out.push(barEnd);
      }
      out.now = clock.barStart;
      // MidiTok counts a bar twice where several begin at once: the second of them has the number of the third …
      const number = clock.bar + (clock.bar - first - 1);
      const bar = bars === null ? anyBar : barIds[number];
      if (bar === undefined) throw new TokenMissing(`Bar_${number}`);
      out.push(bar);
      if (withMeter && !(meterFollows && clock.bar === last)) out.push(ids.timeSignature[clock.meter] ?? NO_TOKEN);
    }
  };

  return (events, order, { ticksPerQuarter }) => {
    const { tick: ticks, kind: kinds, until, program, first, second, third, length } = events;
    const clock = new BarClock(meterAt.get(firstMeter(events, order) ?? -1) ?? -1, values, ticksPerQuarter);
    let now = -1;
    let silentFrom = 0;
    let kind = -1;
    for (let place = 0; place < length; place += 1) {
      const row = order[place] ?? 0;
      const tick = ticks[row] ?? 0;
      kind = kinds[row] ?? 0;
      if (tick !== now) {
        const rests = withRests ? tables.rests(clock.beatTicks) : undefined;
        if (rests !== undefined && tick - silentFrom >= rests.shortest) {
          const start = restsFromNow && now > silentFrom ? now : silentFrom;
          out.now = start;
          clock.passRest(start + pushSpans(out, tick - start, rests, restIds));
        }
        const bar = clock.barAt(tick);
        if (clock.bar < bar) pushBars(clock, bar, kind === TIME_SIGNATURE);
        out.now = tick;
        if (kind !== TIME_SIGNATURE) {
          const position = positions[clock.positionAt(tick)];
          if (position === undefined) throw new TokenMissing(`Position_${clock.positionAt(tick)}`);
          out.push(position);
        }
        now = tick;
      }
      const said = first[row] ?? NO_TOKEN;
      out.pushFour(program[row] ?? NO_TOKEN, said, second[row] ?? NO_TOKEN, third[row] ?? NO_TOKEN);
      if (kind === TIME_SIGNATURE) {
        clock.changeMeter(meterAt.get(said) ?? 0, tick);
        // What follows gets a Position token even at this tick.
        now -= 1;
      }
      if (mindsSilence && (until[row] ?? 0) > silentFrom) silentFrom = until[row] ?? 0;
    }
    if (addsTrailing && silentFrom > now) pushBars(clock, clock.barAt(silentFrom), kind === TIME_SIGNATURE);
  };
}
