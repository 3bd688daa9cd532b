import { isLengthOfPiece } from './length-cues.ts';
import type { Reading } from './reading.ts';
import { beginsSpelledNumber, spelledNumber } from './spelled-number.ts';
import { WORD_KIND } from './word-kind.ts';
import { wordSet } from './word-set.ts';

const MINUTES = wordSet('minute minutes min mins mn');
const SECONDS = wordSet('second seconds sec secs s');
/** Before "under" and "over" they say that it is only by a little. */
const BARELY = wordSet('just little bit slightly barely shade touch tad hair smidge well somewhat fraction');
/** Verbs that "over" goes with: "unfolds over four minutes" is not "more than". */
const SPREADS = wordSet(
  'unfolds unfolding unfold spread spreads stretched stretches develops developing evolves evolving plays played place builds',
);
/** The bounds of "under N" and "over N", where no more is said. */
const LONGEST = 86_400;

export function beginsDuration(text: string): boolean {
  return text === 'half' || text === 'an' || /^\d{1,4}(?:\.\d+)?$/.test(text) || beginsSpelledNumber(text);
}

/** Reads lengths: "lasts about 3.5 minutes", "a 30-second piece", "2 minutes and 10 seconds long", "length: 3:45". */
export function readDurations(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.duration) || reading.isTaken(at) || isPlainArticle(reading, at)) continue;
    const found = rangeAt(reading, at) ?? clockAt(reading, at) ?? spokenAt(reading, at) ?? labelledAt(reading, at);
    if (found === undefined) continue;
    if (found.isLabelled === true || isLengthOfPiece(reading, at, found.end)) {
      const { seconds, precision, end } = found;
      const bounds = found.max === undefined ? boundsOf(reading, at, seconds) : { min: seconds, max: found.max };
      reading.add({ kind: 'duration', ...bounds, precision }, at, end);
    }
    at = found.end - 1;
  }
}

/** An article that counts nothing, as in "a waltz"; "a minute" and "a hundred seconds" are lengths. */
function isPlainArticle(reading: Reading, at: number): boolean {
  if (reading.at(at) !== 'a' && reading.at(at) !== 'an') return false;
  return reading.at(at + 1) !== 'hundred' && !MINUTES.has(reading.at(at + 1));
}

interface Found {
  readonly seconds: number;
  /** How far off a true value may be that was rounded to this one. */
  readonly precision: number;
  readonly end: number;
  /** The upper end of a range. */
  readonly max?: number;
  /** Its name stands before it: no other words are asked for. */
  readonly isLabelled?: boolean;
}

/** "under four minutes" is anything below, "just under four minutes" is nearly four. */
function boundsOf(reading: Reading, at: number, seconds: number): { readonly min: number; readonly max: number } {
  const word = reading.at(at - 1) === 'a' ? reading.at(at - 2) : reading.at(at - 1);
  const before = reading.at(at - 1) === 'a' ? reading.at(at - 3) : reading.at(at - 2);
  const exact = { min: seconds, max: seconds };
  if (BARELY.has(before) || (word === 'than' && BARELY.has(reading.at(at - 3)))) return exact;
  if (word === 'under' || (word === 'than' && before === 'less') || word === 'below') return { min: 0, max: seconds };
  if (
    (word === 'over' && !SPREADS.has(before)) ||
    (word === 'than' && before === 'more') ||
    (word === 'least' && before === 'at')
  )
    return { min: seconds, max: LONGEST };
  return exact;
}

/** "between three and four minutes", "3-4 minutes", "three to four minutes". */
function rangeAt(reading: Reading, at: number): Found | undefined {
  const first = numberAt(reading, at);
  if (first === undefined) return undefined;
  const link = reading.at(first.end);
  if (!['-', '–', 'to', 'or'].includes(link) && !(link === 'and' && reading.at(at - 1) === 'between')) return undefined;
  const second = numberAt(reading, first.end + 1);
  if (second === undefined || second.value <= first.value) return undefined;
  const unit = reading.at(second.end) === '-' ? second.end + 1 : second.end;
  const size = MINUTES.has(reading.at(unit)) ? 60 : SECONDS.has(reading.at(unit)) ? 1 : undefined;
  if (size === undefined || reading.at(unit).length < 3) return undefined;
  return { seconds: first.value * size, max: second.value * size, precision: size === 60 ? 6 : 1, end: unit + 1 };
}

/** "3:45", "3m45s", "3'45\"". */
function clockAt(reading: Reading, at: number): Found | undefined {
  const first = /^\d{1,2}$/.test(reading.at(at)) ? Number(reading.at(at)) : Number.NaN;
  const second = /^\d{1,2}$/.test(reading.at(at + 2)) ? Number(reading.at(at + 2)) : Number.NaN;
  const mark = reading.at(at + 1);
  if (Number.isNaN(first)) return undefined;
  if (mark === 'm' && reading.touchesNext(at)) {
    if (reading.at(at + 3) === 's') return { seconds: first * 60 + second, precision: 1, end: at + 4 };
    if (/^\d{2}$/.test(reading.at(at + 2)) && reading.touchesNext(at + 1))
      return { seconds: first * 60 + second, precision: 1, end: at + 3 };
    return undefined;
  }
  if (
    (mark === "'" || mark === '’' || mark === '′') &&
    second < 60 &&
    /^\d{2}$/.test(reading.at(at + 2)) &&
    reading.touchesNext(at)
  ) {
    const closes = reading.at(at + 3) === '"' || reading.at(at + 3) === '”' || reading.at(at + 3) === '″';
    return { seconds: first * 60 + second, precision: 1, end: at + (closes ? 4 : 3) };
  }
  if (mark !== ':' || !/^[0-5]\d$/.test(reading.at(at + 2)) || !reading.touchesNext(at)) return undefined;
  if (
    (reading.at(at - 1) === ':' && reading.touchesNext(at - 1) && /^\d+$/.test(reading.at(at - 2))) ||
    reading.at(at + 3) === ':'
  ) {
    return reading.at(at + 3) === ':' && first === 0 ? hourClock(reading, at) : undefined;
  }
  if (/^[ap]m$/.test(reading.at(at + 3)) || ['a', 'p'].includes(reading.at(at + 3))) return undefined;
  return { seconds: first * 60 + second, precision: 1, end: at + 3 };
}

/** "duration_seconds: 203", "Length (s) = 203", "len=203". */
function labelledAt(reading: Reading, at: number): Found | undefined {
  if (!/^\d{1,4}(?:\.\d+)?$/.test(reading.at(at)) || ![':', '='].includes(reading.at(at - 1))) return undefined;
  let index = at - 2;
  let unit = 1;
  while (
    index > at - 6 &&
    (['(', ')', '-', '[', ']', '"', 'in'].includes(reading.at(index)) ||
      SECONDS.has(reading.at(index)) ||
      MINUTES.has(reading.at(index)))
  ) {
    if (MINUTES.has(reading.at(index))) unit = 60;
    index--;
  }
  if (
    !['duration', 'length', 'len', 'dur', 'runtime', 'time'].includes(reading.at(index)) ||
    (reading.at(index) === 'time' && index === at - 2)
  )
    return undefined;
  return { seconds: Number(reading.at(at)) * unit, precision: unit === 60 ? 3 : 1, end: at + 1, isLabelled: true };
}

/** "00:03:45". */
function hourClock(reading: Reading, at: number): Found | undefined {
  const seconds = reading.at(at + 4);
  if (!/^[0-5]\d$/.test(seconds)) return undefined;
  return { seconds: Number(reading.at(at + 2)) * 60 + Number(seconds), precision: 1, end: at + 5 };
}

/** "two and a half minutes", "a minute and a half", "half a minute", "90 seconds", "1 minute, 20 seconds". */
function spokenAt(reading: Reading, at: number): Found | undefined {
  if (reading.at(at) === 'half' && ['a', '-', 'the'].includes(reading.at(at + 1)) && MINUTES.has(reading.at(at + 2)))
    return { seconds: 30, precision: 8, end: at + 3 };
  const number = numberAt(reading, at);
  if (number === undefined) return undefined;
  const { value, end } = number;
  const hasHalf = reading.at(end) === 'and' && reading.at(end + 1) === 'a' && reading.at(end + 2) === 'half';
  const past = hasHalf ? end + 3 : reading.at(end) === '½' ? end + 1 : end;
  const half = past > end ? 30 : 0;
  const unit = reading.at(past) === '-' ? past + 1 : past;
  if (MINUTES.has(reading.at(unit))) return minutesAt(reading, at, value * 60 + half, unit, half > 0);
  const isDecade =
    reading.at(unit) === 's' &&
    /^(\d\d)?\d0$/.test(reading.at(at)) &&
    !['of', ':', 'lasts', 'for', 'about', 'around', '=', 'len', 'length', 'duration'].includes(reading.at(at - 1)) &&
    (value > 1000 || value >= 50 || !['', ',', '|', '/', ';', '.'].includes(reading.at(unit + 1)));
  if (SECONDS.has(reading.at(unit)) && !isDecade && (reading.at(unit) !== 's' || reading.touchesNext(unit - 1)))
    return { seconds: value, precision: value % 10 === 0 ? 5 : 1, end: unit + 1 };
  return undefined;
}

function minutesAt(reading: Reading, at: number, seconds: number, unit: number, hasHalf: boolean): Found {
  if (hasHalf) return { seconds, precision: 15, end: unit + 1 };
  const precision = reading.at(at).includes('.') ? 3 : 30;
  const skip = ['and', ','].includes(reading.at(unit + 1)) || reading.at(unit + 1) === '.' ? 2 : 1;
  if (reading.at(unit + skip) === 'a' && reading.at(unit + skip + 1) === 'half')
    return { seconds: seconds + 30, precision: 15, end: unit + skip + 2 };
  if (reading.at(unit + 1) === 'and' && reading.at(unit + 2) === 'change')
    return { seconds: seconds + 15, precision: 15, end: unit + 3 };
  const more = numberAt(reading, unit + skip);
  if (more !== undefined && SECONDS.has(reading.at(more.end)) && more.value < 60)
    return { seconds: seconds + more.value, precision: 1, end: more.end + 1 };
  return { seconds, precision, end: unit + 1 };
}

/** A number in figures or words, and where it ends: "3.5", "twenty-five", "a" before "minute". */
function numberAt(reading: Reading, at: number): { readonly value: number; readonly end: number } | undefined {
  const text = reading.at(at);
  if (/^\d{1,4}(?:\.\d+)?$/.test(text))
    return reading.at(at - 1) === '/' && reading.touchesNext(at - 1) ? undefined : { value: Number(text), end: at + 1 };
  const spelled = spelledNumber(reading, at);
  if (spelled !== undefined) return spelled;
  if ((text === 'a' || text === 'an') && MINUTES.has(reading.at(at + 1)) && reading.at(at + 1) !== 'min')
    return { value: 1, end: at + 1 };
  return undefined;
}
