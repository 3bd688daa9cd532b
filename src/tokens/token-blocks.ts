import { timeValueText } from './time-values.ts';
import type { TokenValues } from './token-values.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import type { TokenBlock } from './vocabulary.ts';

/** The types of tokens that a vocabulary is put together from. */
export type BlockName =
  | 'pitch'
  | 'noteOn'
  | 'noteOff'
  | 'pitchDrum'
  | 'drumOn'
  | 'drumOff'
  | 'velocity'
  | 'duration'
  | 'pedalDuration'
  | 'timeShift'
  | 'position'
  | 'bar'
  | 'pitchIntervals'
  | 'chord'
  | 'rest'
  | 'tempo'
  | 'program'
  | 'timeSignature'
  | 'keySignature'
  | 'pedal'
  | 'pitchBend'
  | 'controlChange';

/**
 * The tokens of a type under a configuration; none where an option switches them off. All tokenizations write the same
 * tokens: what they differ in is which of them they have, and in which order.
 */
export function tokenBlocks(
  config: TokenizerConfig,
  values: TokenValues,
  names: readonly BlockName[],
): readonly TokenBlock[] {
  return names.flatMap((name) => BLOCKS[name](config, values));
}

/** What options add at the end of a vocabulary of plain tokens, in MidiTok's order. */
export function additionalBlocks(noteOffs: boolean): readonly BlockName[] {
  const drums: readonly BlockName[] = noteOffs ? ['drumOn', 'drumOff'] : ['pitchDrum'];
  return [
    'pitchIntervals',
    ...drums,
    'chord',
    'rest',
    'tempo',
    'program',
    'timeSignature',
    'keySignature',
    'pedal',
    'pitchBend',
    'controlChange',
  ];
}

type Block = (config: TokenizerConfig, values: TokenValues) => readonly TokenBlock[];

const BLOCKS: Readonly<Record<BlockName, Block>> = {
  pitch: ({ pitch_range: pitches }) => [{ type: 'Pitch', values: range(pitches) }],
  noteOn: ({ pitch_range: pitches }) => [{ type: 'NoteOn', values: range(pitches) }],
  noteOff: (config) =>
    config.use_note_duration_programs.length > 0 ? [{ type: 'NoteOff', values: range(config.pitch_range) }] : [],
  pitchDrum: (config) => ifDrums(config, 'PitchDrum'),
  drumOn: (config) => ifDrums(config, 'DrumOn'),
  drumOff: (config) => ifDrums(config, 'DrumOff'),
  velocity: ({ use_velocities: isUsed }, { velocities }) => (isUsed ? [{ type: 'Velocity', values: velocities }] : []),
  duration: (config, { durations }) =>
    config.use_note_duration_programs.length > 0 ? [{ type: 'Duration', values: durations.map(timeValueText) }] : [],
  pedalDuration: (config, { durations }) =>
    config.sustain_pedal_duration ? [{ type: 'Duration', values: durations.map(timeValueText) }] : [],
  timeShift: (_, { durations }) => [{ type: 'TimeShift', values: durations.map(timeValueText) }],
  position: (_, values) => [{ type: 'Position', values: upTo(positionCount(values)) }],
  bar: () => [{ type: 'Bar', values: ['None'] }],
  pitchIntervals({ use_pitch_intervals: isUsed, max_pitch_interval: largest }) {
    const values = range([-largest, largest]);
    return isUsed
      ? [
          { type: 'PitchIntervalTime', values },
          { type: 'PitchIntervalChord', values },
        ]
      : [];
  },
  chord: (config, { chords }) => (config.use_chords ? [{ type: 'Chord', values: chords }] : []),
  rest: (config, { rests }) => (config.use_rests ? [{ type: 'Rest', values: rests.map(timeValueText) }] : []),
  tempo: (config, { tempos }) => (config.use_tempos ? [{ type: 'Tempo', values: tempos.map(tempoText) }] : []),
  program: (config, { programs }) => (config.use_programs ? [{ type: 'Program', values: programs }] : []),
  timeSignature: (config, { timeSignatures }) =>
    config.use_time_signatures
      ? [{ type: 'TimeSig', values: timeSignatures.map((meter) => `${meter.numerator}/${meter.denominator}`) }]
      : [],
  keySignature: (config) =>
    config.use_key_signatures
      ? [{ type: 'KeySig', values: range([-7, 7]).flatMap((key) => [`${key}:0`, `${key}:1`]) }]
      : [],
  pedal(config, { programs }) {
    if (!config.use_sustain_pedals) return [];
    const values = config.use_programs ? programs : [0];
    return config.sustain_pedal_duration
      ? [{ type: 'Pedal', values }]
      : [
          { type: 'Pedal', values },
          { type: 'PedalOff', values },
        ];
  },
  pitchBend: (config, { pitchBends }) => (config.use_pitch_bends ? [{ type: 'PitchBend', values: pitchBends }] : []),
  controlChange: (config, { controls }) =>
    config.use_control_changes
      ? [...controls].map(([number, values]) => ({
          type: 'ControlChange',
          values: values.map((value) => `${number}-${value}`),
        }))
      : [],
};

function ifDrums(config: TokenizerConfig, type: string): readonly TokenBlock[] {
  return config.use_pitchdrum_tokens ? [{ type, values: range(config.drums_pitch_range) }] : [];
}

/** Positions of the longest bar. */
export function positionCount(values: TokenValues): number {
  return values.positionsPerBeat * Math.max(...values.timeSignatures.map((signature) => signature.numerator));
}

/** As Python prints a float: `40.0`, `46.77`. */
export function tempoText(tempo: number): string {
  return Number.isInteger(tempo) ? `${tempo}.0` : String(tempo);
}

/** Both ends included. */
export function range([low, high]: readonly [number, number]): readonly number[] {
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => low + index);
}

export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
