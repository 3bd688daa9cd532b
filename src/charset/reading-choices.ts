import type { ReadingChoices } from '../midi/reading-choices.ts';
import { guessEncoding } from './guess-encoding.ts';

/** What the options about reading MIDI say. */
export interface MidiReadingOptions {
  readonly midiPatterns: ReadingChoices['patterns'];
  /** A label of the WHATWG standard, or `auto`. */
  readonly midiTextEncoding: string;
}

export function readingChoices({ midiPatterns, midiTextEncoding }: MidiReadingOptions): ReadingChoices {
  const textEncoding = midiTextEncoding === 'auto' ? undefined : midiTextEncoding;
  return { patterns: midiPatterns, textEncoding, guessEncoding };
}
