import type { TokenizerTables } from '../tokenizer-tables.ts';
import type { VocabularyColumn } from '../vocabulary.ts';

/** What a token says. `index` counts the values of its type in the order of the vocabulary. */
export type TokenMeaning =
  | { readonly type: 'pitch' | 'note_on' | 'note_off'; readonly pitch: number; readonly isDrum: boolean }
  | { readonly type: 'velocity'; readonly velocity: number }
  | { readonly type: 'microtiming'; readonly ticks: number }
  | { readonly type: 'program'; readonly program: number }
  | { readonly type: 'pedal' | 'pedal_off'; readonly program: number }
  | { readonly type: 'pitch_bend'; readonly value: number }
  | {
      readonly type: 'duration' | 'time_shift' | 'rest' | 'position' | 'bar' | 'tempo' | 'time_signature' | 'family';
      readonly index: number;
    }
  /** Special tokens, Ignore, and chords: they follow from the notes. */
  | { readonly type: 'nothing' };

const NOTHING: TokenMeaning = { type: 'nothing' };

/** By column and id. */
export function tokenMeanings(tables: TokenizerTables): readonly (readonly TokenMeaning[])[] {
  return tables.vocabulary.columns.map((column) => column.tokens.map((token) => meaningOf(token, column, tables)));
}

function meaningOf(token: string, column: VocabularyColumn, { values }: TokenizerTables): TokenMeaning {
  const split = token.indexOf('_');
  const type = token.slice(0, split);
  const number = Number(token.slice(split + 1));
  const index = (column.idOf(token) ?? 0) - (column.blockOf(type)?.first ?? 0);
  switch (type) {
    case 'Pitch':
      return { type: 'pitch', pitch: number, isDrum: false };
    case 'PitchDrum':
      return { type: 'pitch', pitch: number, isDrum: true };
    case 'NoteOn':
      return { type: 'note_on', pitch: number, isDrum: false };
    case 'DrumOn':
      return { type: 'note_on', pitch: number, isDrum: true };
    case 'NoteOff':
      return { type: 'note_off', pitch: number, isDrum: false };
    case 'DrumOff':
      return { type: 'note_off', pitch: number, isDrum: true };
    case 'Velocity':
      return { type: 'velocity', velocity: values.velocities[index] ?? number };
    case 'MicroTiming':
      return { type: 'microtiming', ticks: number };
    case 'Program':
      return { type: 'program', program: number };
    case 'Pedal':
      return { type: 'pedal', program: number };
    case 'PedalOff':
      return { type: 'pedal_off', program: number };
    case 'PitchBend':
      return { type: 'pitch_bend', value: number };
    case 'Duration':
      return { type: 'duration', index };
    case 'TimeShift':
      return { type: 'time_shift', index };
    case 'Rest':
      return { type: 'rest', index };
    case 'Position':
      return { type: 'position', index };
    case 'Bar':
      return { type: 'bar', index };
    case 'Tempo':
      return { type: 'tempo', index };
    case 'TimeSig':
      return { type: 'time_signature', index };
    case 'Family':
      return { type: 'family', index };
    default:
      return NOTHING;
  }
}
