import { BeatTicks } from '../decode/beat-ticks.ts';
import { structuredDecoder } from '../decode/plain-decoder.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import type { TokenBuffer } from '../encode/token-buffer.ts';
import { nearestOneByOne } from '../time-table.ts';
import { timeValueText } from '../time-values.ts';
import { additionalBlocks, tokenBlocks } from '../token-blocks.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { NO_ATTRIBUTE_CONTROLS } from './no-attribute-controls.ts';
import { CUT, type MidiTokTokenization, usualCut } from './tokenization.ts';

/** A shift of no time. */
const ZERO = '0.0.1';

/**
 * Structured (Hadjeres and Crestel, "The Piano Inpainting Application", 2021): each note is one TimeShift since the note
 * before, then pitch, velocity and duration. The shift is the nearest one there is; errors do not add up.
 */
export const structured: MidiTokTokenization = {
  settle: ({ attribute_controls: controls, ...options }) => ({
    ...options,
    attribute_controls: { ...controls, ...NO_ATTRIBUTE_CONTROLS },
    use_chords: false,
    use_rests: false,
    use_tempos: false,
    use_time_signatures: false,
    use_sustain_pedals: false,
    use_pitch_bends: false,
    use_control_changes: false,
    use_pitch_intervals: false,
    program_changes: false,
    use_key_signatures: false,
  }),
  columns: (config, values) => [
    [
      ...tokenBlocks(config, values, ['pitch', 'velocity', 'duration', 'pedalDuration']),
      { type: 'TimeShift', values: [ZERO] },
      ...tokenBlocks(config, values, ['timeShift', ...additionalBlocks(false)]),
    ],
  ],
  encoder: structuredEncoder,
  decoder: (config) => structuredDecoder(config, new BeatTicks(config)),
  cutBefore: (type, config) => (usualCut(type, config) === CUT.time ? CUT.time : CUT.inside),
};

function structuredEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const { vocabulary, values } = tables;
  const shiftIds = vocabulary.idsOf('TimeShift', values.durations.map(timeValueText));
  const zero = vocabulary.idOf(`TimeShift_${ZERO}`);
  return (events, order, { ticksPerQuarter }) => {
    const { tick: ticks, program, first, second, third, length } = events;
    const { ticks: spans, nearest, longest, isAscending } = tables.durations(ticksPerQuarter);
    let previous = 0;
    for (let place = 0; place < length; place += 1) {
      const row = order[place] ?? 0;
      const tick = ticks[row] ?? 0;
      let shift = Math.min(tick - previous, longest);
      if (!isAscending && shift > 0) shift = nearestInDisorder(spans, tick - previous);
      out.now = tick;
      out.push(shift === 0 ? zero : (shiftIds[nearest[shift] ?? 0] ?? NO_TOKEN));
      out.pushFour(program[row] ?? NO_TOKEN, first[row] ?? NO_TOKEN, second[row] ?? NO_TOKEN, third[row] ?? NO_TOKEN);
      previous = tick;
    }
  };
}

function nearestInDisorder(spans: Int32Array, shift: number): number {
  const found = Int32Array.of(shift);
  nearestOneByOne(spans, found);
  return found[0] ?? 0;
}
