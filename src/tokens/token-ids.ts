import { largestMicrotiming } from './pertok-values.ts';
import type { TokenValues } from './token-values.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import type { Vocabulary } from './vocabulary.ts';

/** In place of an id: no token. */
export const NO_TOKEN = 0xffff;

/**
 * Ids of a vocabulary, made for computing: each entry is what is to be added to a value (a pitch, a program + 1 …) or
 * an index (of a velocity bin, of a duration …). `NO_TOKEN` where the vocabulary has no such tokens; in a compound
 * vocabulary ids are those of the column that has the type.
 */
export interface TokenIds {
  /** Plus pitch: of Pitch, NoteOn; PitchDrum, DrumOn; NoteOff; DrumOff. */
  readonly pitch: number;
  readonly drumPitch: number;
  readonly pitchOff: number;
  readonly drumPitchOff: number;
  /** Plus index. */
  readonly velocity: number;
  readonly duration: number;
  readonly timeShift: number;
  readonly position: number;
  readonly bar: number;
  readonly rest: number;
  readonly tempo: number;
  readonly timeSignature: number;
  readonly chord: number;
  readonly pitchBend: number;
  /** Plus ticks. */
  readonly microtiming: number;
  /** By program + 1. */
  readonly program: Uint16Array;
  readonly pedal: Uint16Array;
  readonly pedalOff: Uint16Array;
  /** CPWord: metric and note. */
  readonly family: number;
  readonly ignore: number;
}

export function tokenIds(vocabulary: Vocabulary, config: TokenizerConfig, values: TokenValues): TokenIds {
  const first = (type: string): number => vocabulary.firstId(type) ?? NO_TOKEN;
  const pitches = (type: string, lowest: number): number => {
    const id = vocabulary.firstId(type);
    return id === undefined ? NO_TOKEN : id - lowest;
  };
  const [lowest] = config.pitch_range;
  const [lowestDrum] = config.drums_pitch_range;
  const isLike = config.tokenization === 'MIDILike';
  return {
    pitch: pitches(isLike ? 'NoteOn' : 'Pitch', lowest),
    drumPitch: pitches(isLike ? 'DrumOn' : 'PitchDrum', lowestDrum),
    pitchOff: pitches('NoteOff', lowest),
    drumPitchOff: pitches('DrumOff', lowestDrum),
    velocity: first('Velocity'),
    duration: first('Duration'),
    timeShift: first('TimeShift'),
    position: first('Position'),
    bar: first('Bar'),
    rest: first('Rest'),
    tempo: first('Tempo'),
    timeSignature: first('TimeSig'),
    chord: first('Chord'),
    pitchBend: first('PitchBend'),
    microtiming: first('MicroTiming') + (config.microtiming === null ? 0 : largestMicrotiming(config.microtiming)),
    program: byProgram(vocabulary.firstId('Program'), values.programs),
    pedal: byProgram(vocabulary.firstId('Pedal'), config.use_programs ? values.programs : undefined),
    pedalOff: byProgram(vocabulary.firstId('PedalOff'), config.use_programs ? values.programs : undefined),
    family: first('Family'),
    ignore: first('Ignore'),
  };
}

/** Ids by program + 1; without `programs` there is one token for all of them. */
function byProgram(first: number | undefined, programs: readonly number[] | undefined): Uint16Array {
  const ids = new Uint16Array(129).fill(first === undefined || programs !== undefined ? NO_TOKEN : first);
  for (const [index, program] of (programs ?? []).entries()) {
    if (first !== undefined) ids[program + 1] = first + index;
  }
  return ids;
}
