import { ConfigError } from '../errors.ts';
import { timeValueText } from './time-values.ts';
import type { TokenValues } from './token-values.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import { type TokenBlock, Vocabulary, VocabularyColumn } from './vocabulary.ts';

/** Ids are stored in 16 bits, and one value stands for "none". */
const MOST_TOKENS = 0xffff;

/**
 * The vocabulary of a configuration, in MidiTok's order (../shared/MIDITOK.md 3).
 * @throws ConfigError `vocabulary_too_large` where ids do not fit 16 bits.
 */
export function buildVocabulary(config: TokenizerConfig, values: TokenValues): Vocabulary {
  const columns = blocksOf(config, values).map((blocks) => new VocabularyColumn(specialTokens(config), blocks));
  const largest = Math.max(...columns.map((column) => column.tokens.length));
  if (largest > MOST_TOKENS) {
    throw new ConfigError('vocabulary_too_large', `the tokenizer has ${largest} tokens; ${MOST_TOKENS} are possible`);
  }
  return new Vocabulary(columns);
}

/** Training a Unigram model adds special tokens of its own, which come after all others and are never written. */
const UNIGRAM_SPECIAL = /-unigram$/;

function specialTokens({ special_tokens: tokens, trained }: TokenizerConfig): readonly string[] {
  return trained === null ? tokens : tokens.filter((token) => !UNIGRAM_SPECIAL.test(token));
}

function blocksOf(config: TokenizerConfig, values: TokenValues): readonly (readonly TokenBlock[])[] {
  const pitches = range(config.pitch_range);
  const drums = range(config.drums_pitch_range);
  const velocity: TokenBlock = { type: 'Velocity', values: values.velocities };
  const spans = values.durations.map(timeValueText);
  const duration: TokenBlock = { type: 'Duration', values: spans };
  const timeShift: TokenBlock = { type: 'TimeShift', values: spans };
  const position: TokenBlock = { type: 'Position', values: upTo(positionCount(values)) };
  const pitch: TokenBlock = { type: 'Pitch', values: pitches };
  const pitchDrum: TokenBlock = { type: 'PitchDrum', values: drums };
  const bar: TokenBlock = { type: 'Bar', values: ['None'] };
  const ignore: TokenBlock = { type: 'Ignore', values: ['None'] };
  switch (config.tokenization) {
    case 'REMI':
      return [[bar, pitch, velocity, duration, position, pitchDrum, ...additionalBlocks(config, values)]];
    case 'TSD':
      return [[pitch, velocity, duration, timeShift, pitchDrum, ...additionalBlocks(config, values)]];
    case 'PerTok': {
      const microtiming: TokenBlock = { type: 'MicroTiming', values: values.microtimings };
      return [[bar, pitch, velocity, duration, timeShift, microtiming, pitchDrum]];
    }
    case 'Structured': {
      const shifts: TokenBlock = { type: 'TimeShift', values: ['0.0.1', ...spans] };
      return [[pitch, velocity, duration, shifts, pitchDrum, ...additionalBlocks(config, values)]];
    }
    case 'MIDILike':
      return [
        [
          { type: 'NoteOn', values: pitches },
          { type: 'NoteOff', values: pitches },
          velocity,
          timeShift,
          { type: 'DrumOn', values: drums },
          { type: 'DrumOff', values: drums },
          ...additionalBlocks(config, values),
        ],
      ];
    case 'CPWord': {
      const optional = optionalColumns(config, values, ['Program', 'Chord', 'Rest', 'Tempo', 'TimeSig']);
      const parts = [[bar, position], [pitch, pitchDrum], [velocity], [duration], ...optional.map((block) => [block])];
      const family: TokenBlock = { type: 'Family', values: ['Metric', 'Note'] };
      return [[family], ...parts.map((blocks) => [ignore, ...blocks])];
    }
    case 'Octuple': {
      const bars: TokenBlock = { type: 'Bar', values: upTo(config.max_bar_embedding ?? 0) };
      const optional = optionalColumns(config, values, ['Program', 'Tempo', 'TimeSig']);
      return [[pitch, pitchDrum], [position], [bars], [velocity], [duration], ...optional.map((block) => [block])];
    }
  }
}

/** Positions of the longest bar. */
function positionCount(values: TokenValues): number {
  return values.positionsPerBeat * Math.max(...values.timeSignatures.map((signature) => signature.numerator));
}

/** Blocks that options add at the end of a vocabulary, in order. */
function additionalBlocks(config: TokenizerConfig, values: TokenValues): readonly TokenBlock[] {
  const blocks: TokenBlock[] = [];
  if (config.use_chords) blocks.push({ type: 'Chord', values: config.chord_maps.map((map) => map.quality) });
  if (config.use_rests) blocks.push({ type: 'Rest', values: values.rests.map(timeValueText) });
  if (config.use_tempos) blocks.push({ type: 'Tempo', values: values.tempos.map(tempoText) });
  if (config.use_programs) blocks.push({ type: 'Program', values: values.programs });
  if (config.use_time_signatures) {
    blocks.push({
      type: 'TimeSig',
      values: values.timeSignatures.map((meter) => `${meter.numerator}/${meter.denominator}`),
    });
  }
  if (config.use_sustain_pedals) {
    const programs = config.use_programs ? values.programs : [0];
    blocks.push({ type: 'Pedal', values: programs }, { type: 'PedalOff', values: programs });
  }
  if (config.use_pitch_bends) blocks.push({ type: 'PitchBend', values: values.pitchBends });
  return blocks;
}

function optionalColumns(
  config: TokenizerConfig,
  values: TokenValues,
  order: readonly string[],
): readonly TokenBlock[] {
  const blocks = additionalBlocks(config, values);
  return order.flatMap((type) => blocks.filter((block) => block.type === type));
}

/** As Python prints a float: `40.0`, `46.77`. */
function tempoText(tempo: number): string {
  return Number.isInteger(tempo) ? `${tempo}.0` : String(tempo);
}

function range([low, high]: readonly [number, number]): readonly number[] {
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
