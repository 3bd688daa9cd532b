import type { Reading } from './reading.ts';

const MINUTES = new Set(['minute', 'minutes', 'min', 'mins']);
const SECONDS = new Set(['second', 'seconds', 'sec', 'secs', 's']);
const NUMERALS: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten'.split(' ').map((word, index) => [word, index + 1]),
);
/** Words that make a time the length of the piece, before it and after it. */
const LASTS = new Set(
  'lasts lasting last runs running long length duration spans spanning runtime clocking clocks totals totaling totalling time for'.split(
    ' ',
  ),
);
const PIECES = new Set('long piece song track composition work arrangement recording tune instrumental in'.split(' '));

/** Reads lengths: "lasts about 3.5 minutes", "a 30-second piece", "2 minutes and 10 seconds long", "length: 3:45". */
export function readDurations(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    const found = clockAt(reading, at) ?? spokenAt(reading, at);
    if (found === undefined || reading.isTaken(at)) continue;
    if (!isLength(reading, at, found.end)) continue;
    const { seconds, precision, end } = found;
    reading.add({ kind: 'duration', min: seconds, max: seconds, precision }, at, end);
    at = end - 1;
  }
}

interface Found {
  readonly seconds: number;
  /** How far off a true value may be that was rounded to this one. */
  readonly precision: number;
  readonly end: number;
}

function clockAt(reading: Reading, at: number): Found | undefined {
  if (/^\d{1,2}$/.test(reading.at(at)) && reading.at(at + 1) === 'm' && reading.touchesNext(at)) {
    const isWhole = /^\d{1,2}$/.test(reading.at(at + 2)) && reading.at(at + 3) === 's';
    if (isWhole)
      return { seconds: Number(reading.at(at)) * 60 + Number(reading.at(at + 2)), precision: 1, end: at + 4 };
  }
  if (reading.at(at + 1) !== ':' || !/^\d{1,2}$/.test(reading.at(at)) || !/^[0-5]\d$/.test(reading.at(at + 2)))
    return undefined;
  if ((reading.at(at - 1) === ':' && /^\d+$/.test(reading.at(at - 2))) || reading.at(at + 3) === ':') return undefined;
  return { seconds: Number(reading.at(at)) * 60 + Number(reading.at(at + 2)), precision: 1, end: at + 3 };
}

function spokenAt(reading: Reading, at: number): Found | undefined {
  const value = numberAt(reading, at);
  if (value === undefined) return undefined;
  const hasHalf = reading.at(at + 1) === 'and' && reading.at(at + 2) === 'a' && reading.at(at + 3) === 'half';
  if (hasHalf && MINUTES.has(reading.at(at + 4))) return { seconds: value * 60 + 30, precision: 15, end: at + 5 };
  const unit = reading.at(at + 1) === '-' ? at + 2 : at + 1;
  if (MINUTES.has(reading.at(unit))) {
    const rounding = reading.at(at).includes('.') ? 3 : 30;
    const skip = reading.at(unit + 1) === 'and' || reading.at(unit + 1) === ',' ? 2 : 1;
    if (reading.at(unit + skip) === 'a' && reading.at(unit + skip + 1) === 'half')
      return { seconds: value * 60 + 30, precision: 15, end: unit + skip + 2 };
    const more = numberAt(reading, unit + skip);
    if (more !== undefined && SECONDS.has(reading.at(unit + skip + 1)))
      return { seconds: value * 60 + more, precision: 1, end: unit + skip + 2 };
    return { seconds: value * 60, precision: rounding, end: unit + 1 };
  }
  // "the 1970s", "an 80s ballad": years.
  const isDecade =
    reading.at(unit) === 's' &&
    /^(\d\d)?\d0$/.test(reading.at(at)) &&
    unit === at + 1 &&
    !['of', ':', 'lasts', 'for', 'about', 'around'].includes(reading.at(at - 1));
  if (SECONDS.has(reading.at(unit)) && !isDecade && (reading.at(unit) !== 's' || reading.touchesNext(unit - 1)))
    return { seconds: value, precision: value % 10 === 0 ? 5 : 1, end: unit + 1 };
  return undefined;
}

function numberAt(reading: Reading, at: number): number | undefined {
  const text = reading.at(at);
  const numeral = NUMERALS.get(text);
  if (numeral !== undefined) return numeral;
  return /^\d{1,4}(?:\.\d+)?$/.test(text) && reading.at(at - 1) !== '/' ? Number(text) : undefined;
}

/** Whether a time is the length of the piece and not a place in it or between two things. */
function isLength(reading: Reading, at: number, end: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 4); index--) {
    const text = reading.at(index);
    if (['.', ',', ';'].includes(text)) break;
    if (
      ['every', 'each', 'after', 'within', 'first', 'final', 'last', 'at', 'until', 'by', 'per', 'mark'].includes(text)
    ) {
      return (
        (text === 'at' && reading.at(index - 1) === 'clocks') || (text === 'after' && reading.at(index - 1) === 'ends')
      );
    }
    if (text === 'course' || text === 'span' || (text === 'me' && reading.at(index - 1) === 'give')) return true;
    if (LASTS.has(text) && text !== 'for') return true;
    if (text === 'for' && ['runs', 'lasts', 'goes', 'plays', 'continues'].includes(reading.at(index - 1))) return true;
  }
  const next = reading.at(end) === '-' ? reading.at(end + 1) : reading.at(end);
  if (['intro', 'introduction', 'mark', 'loop', 'section', 'into'].includes(next)) return false;
  // "a four-minute piece", "its 4.5-minute span".
  if (reading.at(at + 1) === '-' && ['a', 'an', 'its', 'this', 'the'].includes(reading.at(at - 1))) return true;
  if (PIECES.has(next) || PIECES.has(reading.at(end + 1))) return true;
  const before = ['around', 'about', 'approximately', 'roughly', '~', 'circa'].includes(reading.at(at - 1))
    ? at - 2
    : at - 1;
  return ['', ',', '|', '/', ';'].includes(reading.at(before)) && ['', ',', '.', '|', '/', ';'].includes(next);
}
