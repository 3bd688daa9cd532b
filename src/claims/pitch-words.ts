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

/** One word: "Bb", "Ebm", "Cmaj", "Am". */
const GLUED = /^([A-Ga-g])(b|♭)?(m|[Mm]in|[Mm]inor|MINOR|[Mm]aj|[Mm]ajor|MAJOR|M)?$/;

export function beginsPitch(raw: string): boolean {
  return GLUED.test(raw);
}

/** A note name at a place: "C", "c", "F#", "F ♯", "B-flat", "Bb", "Ebm", "Cmaj7". */
export function pitchName(reading: Reading, at: number): PitchName | undefined {
  const raw = reading.raw(at);
  const letter = LETTERS.get(raw[0]?.toLowerCase() ?? '');
  if (letter === undefined) return undefined;
  const glued = GLUED.exec(raw);
  if (glued === null) return undefined;
  const [, , flat] = glued;
  const suffix = inSmall(glued[3]);
  if (flat !== undefined) return { pitch: (letter + 11) % 12, next: at + 1, suffix };
  if (raw.length > 1 && raw[0] !== raw[0]?.toUpperCase() && suffix.length < 3) return undefined;
  if (suffix !== '') return { pitch: letter, next: at + 1, suffix };
  const hyphen = reading.at(at + 1) === '-' ? 1 : 0;
  const sign = reading.at(at + 1 + hyphen);
  const shift = SHARPS.has(sign) ? 1 : FLATS.has(sign) && (sign !== 'b' || reading.touchesNext(at)) ? 11 : undefined;
  if (shift === undefined) return { pitch: letter, next: at + 1, suffix: '' };
  const after = at + 2 + hyphen;
  const tail = /^(m|min|maj|minor|major|M)$/i.exec(reading.raw(after));
  const isGlued = tail !== null && reading.touchesNext(after - 1);
  return { pitch: (letter + shift) % 12, next: isGlued ? after + 1 : after, suffix: isGlued ? inSmall(tail[1]) : '' };
}

/** "CM" is major and "Cm" minor; longer names may have capitals. */
function inSmall(suffix = ''): string {
  return suffix.length > 1 ? suffix.toLowerCase() : suffix;
}
