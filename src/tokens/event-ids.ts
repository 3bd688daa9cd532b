import { timeValueText } from './time-values.ts';
import { range, tempoText } from './token-blocks.ts';
import type { TokenValues } from './token-values.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The ids of what is said of events, made for looking up: by pitch, by place in a list of `TokenValues`, by program + 1 …
 * `NO_TOKEN` where the vocabulary has no such token; in a compound vocabulary ids are those of the column that has the type.
 */
export interface EventIds {
  /** By pitch: Pitch or NoteOn, PitchDrum or DrumOn, NoteOff, DrumOff. */
  readonly pitch: Uint16Array;
  readonly drumPitch: Uint16Array;
  readonly pitchOff: Uint16Array;
  readonly drumPitchOff: Uint16Array;
  /** By interval + 127. */
  readonly intervalInTime: Uint16Array;
  readonly intervalInChord: Uint16Array;
  /** By index. */
  readonly velocity: Uint16Array;
  readonly duration: Uint16Array;
  readonly tempo: Uint16Array;
  readonly timeSignature: Uint16Array;
  readonly chord: Uint16Array;
  readonly pitchBend: Uint16Array;
  /** By (sharps + 7) * 2 + minor. */
  readonly keySignature: Uint16Array;
  /** By number * 128 + value. */
  readonly control: Uint16Array;
  /** By program + 1. */
  readonly program: Uint16Array;
  readonly pedal: Uint16Array;
  readonly pedalOff: Uint16Array;
}

const PITCHES = range([0, 127]);
const PROGRAMS = range([-1, 127]);

/** `noteOffs`: the end of a note is an event. `drums`: pitches of drums have tokens of their own. */
export function eventIds(
  vocabulary: Vocabulary,
  config: TokenizerConfig,
  values: TokenValues,
  { noteOffs, drums }: { readonly noteOffs: boolean; readonly drums: boolean },
): EventIds {
  const ids = (type: string, of: readonly (string | number)[]): Uint16Array => vocabulary.idsOf(type, of);
  const pitch = ids(noteOffs ? 'NoteOn' : 'Pitch', PITCHES);
  const pitchOff = ids('NoteOff', PITCHES);
  // Without programs there is one token for the pedals of all of them.
  const pedals = (type: string): Uint16Array => ids(type, config.use_programs ? PROGRAMS : PROGRAMS.map(() => 0));
  return {
    pitch,
    drumPitch: drums ? ids(noteOffs ? 'DrumOn' : 'PitchDrum', PITCHES) : pitch,
    pitchOff,
    drumPitchOff: drums ? ids('DrumOff', PITCHES) : pitchOff,
    intervalInTime: ids('PitchIntervalTime', range([-127, 127])),
    intervalInChord: ids('PitchIntervalChord', range([-127, 127])),
    velocity: ids('Velocity', values.velocities),
    duration: ids('Duration', values.durations.map(timeValueText)),
    tempo: ids('Tempo', values.tempos.map(tempoText)),
    timeSignature: ids(
      'TimeSig',
      values.timeSignatures.map((meter) => `${meter.numerator}/${meter.denominator}`),
    ),
    chord: ids('Chord', values.chords),
    pitchBend: ids('PitchBend', values.pitchBends),
    keySignature: ids(
      'KeySig',
      range([-7, 7]).flatMap((sharps) => [`${sharps}:0`, `${sharps}:1`]),
    ),
    control: config.use_control_changes ? ids('ControlChange', controlTexts()) : new Uint16Array(0),
    program: ids('Program', PROGRAMS),
    pedal: pedals('Pedal'),
    pedalOff: pedals('PedalOff'),
  };
}

function controlTexts(): readonly string[] {
  return PITCHES.flatMap((number) => PITCHES.map((value) => `${number}-${value}`));
}
