import type { Reading } from './reading.ts';
import { WORD_KIND } from './word-kind.ts';
import { wordSet } from './word-set.ts';

/** Semitones of the degrees above the tonic, and which of their triads are minor. */
const SCALES = {
  major: { steps: [0, 2, 4, 5, 7, 9, 11], isMinor: [false, true, true, false, false, true, true] },
  minor: { steps: [0, 2, 3, 5, 7, 8, 10], isMinor: [true, true, false, true, true, false, false] },
} as const;
const DEGREES: readonly string[] = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii'];
const SEPARATORS = wordSet('- – — , → > | & to and then ⟶ ⇒');
const CHORD_WORDS = wordSet(`
  progression progressions chord chords cadence cadences turnaround changes vamp loop harmony harmonies harmonic pattern circle cycle
  circles cycles`);
/** Numerals that count something else: "movements I–III", "Op. 3 No. II". */
const COUNTED = wordSet(
  'movement movements part parts act acts book books volume no nos op opus type phase chapter level world war star',
);
/** Of the chord after its numeral: "7", "maj7", "°". */
const TAILS = /^(maj|min|m|M|dim|aug|sus|add|o|ø|°|\+)$/;

interface Numeral {
  readonly degree: number;
  readonly shift: number;
  readonly isLower: boolean;
  readonly end: number;
}

const SIGNS = wordSet('♭ ♯ #');
const NUMERAL = /^(b|♭)?([ivIV]{1,3})(maj|min|m|dim|sus|o)?$/;

export function beginsNumeral(raw: string): boolean {
  return SIGNS.has(raw) || NUMERAL.test(raw);
}

/** Reads progressions in Roman numerals: "I–V–vi–IV", "a ii-V-I in C". Their key is stated elsewhere in the caption, or is the music's. */
export function readRomanNumerals(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.roman) || reading.isTaken(at)) continue;
    const first = numeralAt(reading, at);
    if (first === undefined) continue;
    const { numerals, end } = listFrom(reading, first);
    if (isProgression(reading, at, end, numerals)) {
      reading.add({ kind: 'chords', triads: triadsOf(numerals), root: undefined }, at, end, { hedged: false });
    }
    at = end - 1;
  }
}

/** Triads above the tonic, `semitones + 12` for minor. Where all are small letters, they are those of the scale. */
function triadsOf(numerals: readonly Numeral[]): readonly number[] {
  const isAllLower = numerals.every(({ isLower }) => isLower);
  const isMinor = isAllLower ? false : numerals.some(({ degree, isLower }) => degree === 0 && isLower);
  const scale = SCALES[isMinor ? 'minor' : 'major'];
  const triads = numerals.map(({ degree, shift, isLower }) => {
    const isMinorTriad = isAllLower ? scale.isMinor[degree] === true : isLower;
    return (((scale.steps[degree] ?? 0) + shift + 12) % 12) + (isMinorTriad ? 12 : 0);
  });
  return [...new Set(triads)];
}

function listFrom(reading: Reading, first: Numeral): { readonly numerals: readonly Numeral[]; readonly end: number } {
  const numerals = [first];
  let end = first.end;
  for (;;) {
    let next = end;
    while (SEPARATORS.has(reading.at(next)) && next < end + 2) next++;
    const numeral = numeralAt(reading, next);
    if (numeral === undefined) return { numerals, end };
    numerals.push(numeral);
    end = numeral.end;
  }
}

function numeralAt(reading: Reading, at: number): Numeral | undefined {
  if (!reading.is(at, WORD_KIND.roman)) return undefined;
  const sign = SIGNS.has(reading.raw(at)) ? 1 : 0;
  const match = NUMERAL.exec(reading.raw(at + sign));
  const letters = match?.[2] ?? '';
  const degree = DEGREES.indexOf(letters.toLowerCase());
  const isLower = letters === letters.toLowerCase();
  if (match === null || degree < 0 || (!isLower && letters !== letters.toUpperCase())) return undefined;
  const isFlat = match[1] !== undefined || (sign === 1 && reading.raw(at) === '♭');
  const shift = isFlat ? -1 : sign === 1 ? 1 : 0;
  let end = at + sign + 1;
  while (reading.touchesNext(end - 1) && (TAILS.test(reading.raw(end)) || /^\d{1,2}$/.test(reading.raw(end)))) end++;
  return { degree, shift, isLower, end };
}

/** Three numerals that hyphens join are chords; others only where the caption says so. "I" and "v" are words too. */
function isProgression(reading: Reading, start: number, end: number, numerals: readonly Numeral[]): boolean {
  if (numerals.length < 2 || new Set(numerals.map(({ degree }) => degree)).size < 2) return false;
  if (COUNTED.has(reading.at(start - 1)) || (reading.at(start - 1) === '.' && COUNTED.has(reading.at(start - 2))))
    return false;
  const isSpaced = !SEPARATORS.has(reading.at(numerals[0]?.end ?? start));
  if (isSpaced && numerals.length < 3) return false;
  const isJoined = ['-', '–', '—', '→', '|', '>'].includes(reading.at(numerals[0]?.end ?? start));
  if (numerals.length >= 3 && isJoined) return true;
  for (let index = Math.max(0, start - 6); index < end + 4; index++)
    if (CHORD_WORDS.has(reading.at(index))) return true;
  return false;
}
