import type { MeterValue } from './claim.ts';
import { isNamedMeter, readFraction, readHyphened } from './meter-figures.ts';
import type { Reading } from './reading.ts';
import { WORD_KIND } from './word-kind.ts';
import { ROLE } from './word-role.ts';

const NUMERALS: ReadonlyMap<string, number> = new Map([
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['nine', 9],
  ['twelve', 12],
]);

const UNITS: ReadonlyMap<string, number> = new Map([
  ['two', 2],
  ['half', 2],
  ['four', 4],
  ['quarter', 4],
  ['eight', 8],
  ['eighth', 8],
]);

/** Dances and marches that are defined by their meter. */
const DANCES: ReadonlyMap<string, MeterValue['division']> = new Map([
  ['waltz', 'triple'],
  ['waltzes', 'triple'],
  ['minuet', 'triple'],
  ['mazurka', 'triple'],
  ['march', 'duple'],
  ['polka', 'duple'],
]);

const DIVISIONS: ReadonlyMap<string, MeterValue['division']> = new Map([
  ['triple', 'triple'],
  ['duple', 'duple'],
  ['compound', 'compound'],
  ['quadruple', 'duple'],
]);

export function beginsMeter(text: string): boolean {
  if (['common', 'cut', 'alla'].includes(text) || /^\d{1,2}$/.test(text)) return true;
  return NUMERALS.has(text) || COUNTS.has(text) || DANCES.has(text) || DIVISIONS.has(text);
}

/** Reads meters: "3/4", "6/8 time", "in three-four", "common time", "a waltz", "triple meter". */
export function readMeters(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.meter) || reading.isTaken(at)) continue;
    const end =
      readFraction(reading, at) ??
      readHyphened(reading, at) ??
      readNamed(reading, at) ??
      readBeats(reading, at) ??
      readDance(reading, at);
    if (end !== undefined) at = end - 1;
  }
}

/** "three-four time", "six eight", "common time", "cut time", "triple meter", "alla breve". */
function readNamed(reading: Reading, at: number): number | undefined {
  const text = reading.at(at);
  const gap = reading.at(at + 1) === '-' ? 2 : 1;
  const add = (signature: string | undefined, division: MeterValue['division'], end: number): number => {
    reading.add({ kind: 'meter', signature, division }, at, end);
    return end;
  };
  if (text === 'common' && reading.at(at + gap) === 'time') return add('4/4', undefined, at + gap + 1);
  if (text === 'cut' && reading.at(at + gap) === 'time') return add('2/2', undefined, at + gap + 1);
  if (text === 'alla' && reading.at(at + 1) === 'breve') return add('2/2', undefined, at + 2);
  const division = DIVISIONS.get(text);
  if (division !== undefined) {
    if (isNamedMeter(reading, at)) return add(undefined, division, at + 1);
    const skip = ['duple', 'triple', 'quadruple'].includes(reading.at(at + 1)) ? 1 : 0;
    if (['time', 'meter', 'metre'].includes(reading.at(at + 1 + skip))) return add(undefined, division, at + 2 + skip);
    return undefined;
  }
  const numerator = NUMERALS.get(text);
  const unit = UNITS.get(reading.at(at + gap));
  if (numerator === undefined || unit === undefined) return undefined;
  const after = reading.at(at + gap + 1) === '-' ? at + gap + 2 : at + gap + 1;
  if (
    ['time', 'meter', 'metre', 'signature', 'rhythm', 'beat', 'feel', 'groove', 'pulse', 'lilt'].includes(
      reading.at(after),
    )
  )
    return add(`${numerator}/${unit}`, undefined, after + 1);
  const isHyphened = gap === 2 && reading.touchesNext(at) && numerator > 1 && !/^\p{L}+s$/u.test(reading.at(at + 3));
  return isNamedMeter(reading, at) || isHyphened ? add(`${numerator}/${unit}`, undefined, at + gap + 1) : undefined;
}

const COUNTS: ReadonlyMap<string, MeterValue['division']> = new Map([
  ['two', 'duple'],
  ['2', 'duple'],
  ['three', 'triple'],
  ['3', 'triple'],
  ['four', 'duple'],
  ['4', 'duple'],
]);

/** "three beats to the bar", "four in a bar", "in three". */
function readBeats(reading: Reading, at: number): number | undefined {
  const division = COUNTS.get(reading.at(at));
  if (division === undefined) return undefined;
  // "Beats per bar: 3".
  if (
    [':', '=', 'is'].includes(reading.at(at - 1)) &&
    /^(?:bar|measure)$/.test(reading.at(at - 2)) &&
    reading.at(at - 3) === 'per'
  ) {
    reading.add({ kind: 'meter', signature: undefined, division }, at, at + 1);
    return at + 1;
  }
  let end = reading.at(at + 1) === '-' ? at + 2 : at + 1;
  const hasBeats = reading.at(end) === 'beats' || reading.at(end) === 'beat';
  if (hasBeats) end++;
  if (!hasBeats && ['crotchets', 'quarters', 'quarter'].includes(reading.at(end))) end++;
  if (['to', 'in', 'per', 'a'].includes(reading.at(end)) || reading.at(end) === '-') {
    while (['to', 'in', 'per', 'a', 'the', 'each', 'every', '-'].includes(reading.at(end))) end++;
    if (['bar', 'measure'].includes(reading.at(end)) && end > at + 1) {
      reading.add({ kind: 'meter', signature: undefined, division }, at, end + 1);
      return end + 1;
    }
  }
  // "each bar has four beats".
  if (hasBeats && (reading.isBreak(end) || reading.at(end) === ',') && isOfBar(reading, at)) {
    reading.add({ kind: 'meter', signature: undefined, division }, at, end);
    return end;
  }
  const isCount =
    reading.at(at - 1) === 'in' &&
    ['', ',', '.', ';', '!'].includes(reading.at(at + 1)) &&
    /^\p{L}/u.test(reading.at(at));
  if (!isCount || reading.at(at - 2) === 'all' || reading.at(at - 2) === 'divided') return undefined;
  reading.add({ kind: 'meter', signature: undefined, division }, at, at + 1);
  return at + 1;
}

function isOfBar(reading: Reading, at: number): boolean {
  return [at - 2, at - 3].some(
    (index) =>
      /^(?:bar|measure)s?$/.test(reading.at(index)) && /^(?:each|every|the|all|has|with)$/.test(reading.at(index - 1)),
  );
}

function readDance(reading: Reading, at: number): number | undefined {
  const division = DANCES.get(reading.at(at));
  if (division === undefined) return undefined;
  // "the left hand waltzes".
  if (/^(?:waltzes|marches)$/.test(reading.at(at)) && reading.has(at - 1, ROLE.instrument | ROLE.music | ROLE.pronoun))
    return undefined;
  if (reading.at(at - 1) === 'hand' || reading.at(at - 1) === 'hands') return undefined;
  // "march-like", "in March", "waltz-inspired", "jazz waltz" is one.
  if (reading.raw(at) === 'March' && !reading.isFirstOfSentence(at)) return undefined;
  const isTime =
    reading.at(at + 1) === '-' &&
    ['time', 'meter', 'tempo', 'rhythm', 'feel', 'song', 'ballad'].includes(reading.at(at + 2));
  if (
    (reading.at(at + 1) === '-' && reading.touchesNext(at) && !isTime) ||
    ['like', 'ish', 'inspired'].includes(reading.at(at + 1))
  )
    return undefined;
  // "you could waltz to it" is no waltz, and who marches does not make a march.
  if (
    ['to', 'can', 'could', 'will', 'we', 'they', 'i', 'you', 'and'].includes(reading.at(at - 1)) &&
    reading.at(at + 1) === 'to'
  )
    return undefined;
  reading.add({ kind: 'meter', signature: undefined, division }, at, at + 1);
  return at + 1;
}
