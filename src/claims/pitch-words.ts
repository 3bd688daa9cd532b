import type { Reading } from './reading.ts';

const LETTERS: ReadonlyMap<string, number> = new Map([
  ['c', 0],
  ['d', 2],
  ['e', 4],
  ['f', 5],
  ['g', 7],
  ['a', 9],
  ['b', 11],
]);
const SHARPS = new Set(['#', '♯', 'sharp']);
const FLATS = new Set(['♭', 'flat', 'b']);

export interface PitchName {
  /** Pitch class, 0 (C) to 11. */
  readonly pitch: number;
  /** The word after it. */
  readonly next: number;
  /** What follows the letter and its sign within the same word: "m", "min", "maj7". */
  readonly suffix: string;
}

/** A name of one word. */
interface GluedPitch {
  readonly pitch: number;
  readonly isFlat: boolean;
  readonly suffix: string;
  /** A small letter and what is no whole word after it: "am" is a word, but where it is a tag of its own. */
  readonly isWord: boolean;
}

/** "Bb", "Ebm", "Cmaj", "Am": all that there are, as captions are full of single letters. */
const SUFFIXES = ['', 'm', 'min', 'Min', 'minor', 'Minor', 'MINOR', 'maj', 'Maj', 'major', 'Major', 'MAJOR', 'M'];
const GLUED = gluedPitches();

function gluedPitches(): ReadonlyMap<string, GluedPitch> {
  const names = new Map<string, GluedPitch>();
  for (const [letter, pitch] of LETTERS)
    for (const first of [letter, letter.toUpperCase()])
      for (const sign of ['', 'b', '♭'])
        for (const suffix of SUFFIXES) {
          const isFlat = sign !== '';
          const isWord = suffix !== '' && suffix.length < 3 && !isFlat && first === letter;
          const glued = { pitch: isFlat ? (pitch + 11) % 12 : pitch, isFlat, suffix: inSmall(suffix), isWord };
          names.set(`${first}${sign}${suffix}`, glued);
        }
  return names;
}

export function beginsPitch(raw: string): boolean {
  return GLUED.has(raw);
}

/** A note name at a place: "C", "c", "F#", "F ♯", "B-flat", "Bb", "Ebm", "Cmaj7". */
export function pitchName(reading: Reading, at: number): PitchName | undefined {
  const glued = GLUED.get(reading.raw(at));
  if (glued === undefined) return undefined;
  const { pitch, isFlat, suffix, isWord } = glued;
  if (isWord && !(reading.isBreak(at) && reading.isBreak(at + 1))) return undefined;
  if (isFlat || suffix !== '') return { pitch, next: at + 1, suffix };
  const hyphen = reading.at(at + 1) === '-' ? 1 : 0;
  const sign = reading.at(at + 1 + hyphen);
  // "C #unhurried": the mark of a tag.
  if (sign === '#' && !reading.touchesNext(at) && reading.touchesNext(at + 1)) return { pitch, next: at + 1, suffix };
  const shift = SHARPS.has(sign) ? 1 : FLATS.has(sign) && (sign !== 'b' || reading.touchesNext(at)) ? 11 : undefined;
  if (shift === undefined) return { pitch, next: at + 1, suffix };
  const after = at + 2 + hyphen;
  const tail = /^(m|min|maj|minor|major|M)$/i.exec(reading.raw(after));
  const isGlued = tail !== null && reading.touchesNext(after - 1);
  return { pitch: (pitch + shift) % 12, next: isGlued ? after + 1 : after, suffix: isGlued ? inSmall(tail[1]) : '' };
}

/** "CM" is major and "Cm" minor; longer names may have capitals. */
function inSmall(suffix = ''): string {
  return suffix.length > 1 ? suffix.toLowerCase() : suffix;
}
