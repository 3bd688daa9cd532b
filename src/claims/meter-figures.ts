import type { Reading } from './reading.ts';

const NOUNS = new Set([
  'time',
  'meter',
  'metre',
  'signature',
  'beat',
  'rhythm',
  'groove',
  'feel',
  'pulse',
  'measure',
  'measures',
  'bars',
  'bar',
]);

export function readFraction(reading: Reading, at: number): number | undefined {
  const numerator = Number(/^\d{1,2}$/.exec(reading.at(at))?.[0]);
  if (!(numerator >= 1 && numerator <= 32) || reading.at(at + 1) !== '/') return undefined;
  const denominator = Number(/^\d{1,2}$/.exec(reading.at(at + 2))?.[0]);
  if (![2, 4, 8, 16].includes(denominator)) return undefined;
  // "1/4 notes", "1/16", "3/4 of the piece", dates such as 12/4/1999.
  const next = reading.at(at + 3) === '-' ? reading.at(at + 4) : reading.at(at + 3);
  if (next === '/' && reading.touchesNext(at + 2)) return undefined;
  if (['note', 'notes', 'of', 'th', 'ths', 'triplet', 'triplets', 'rests'].includes(next)) return undefined;
  const before = reading.at(at - 1);
  // "the wedding on 6/8", "page 3/4", "vol. 2/4".
  if (
    [
      '/',
      'on',
      'page',
      'p',
      'part',
      'vol',
      'disc',
      'side',
      'take',
      'rating',
      'rated',
      'score',
      'by',
      'since',
      'until',
      'dated',
    ].includes(before)
  )
    return undefined;
  const hasNoun = NOUNS.has(next);
  // "cfg 4/4", "size 3/4": a figure of something else.
  if (!hasNoun && isNamedOtherwise(reading, at)) return undefined;
  const end = hasNoun ? (reading.at(at + 3) === '-' ? at + 5 : at + 4) : at + 3;
  reading.add({ kind: 'meter', signature: `${numerator}/${denominator}`, division: undefined }, at, end);
  return end;
}

function isNamedOtherwise(reading: Reading, at: number): boolean {
  const word = at < 1 ? undefined : reading.words[at - 1];
  if (word === undefined || reading.isBreak(at) || !/^\p{L}{2}/u.test(word.text)) return false;
  return word.roles === 0 && !reading.isTaken(at - 1) && !BEFORE_FRACTION.test(word.text);
}

const BEFORE_FRACTION =
  /^(?:time|signature|sig|meter|metre|timesig|ts|bpm|maj|min|major|minor|beat|rhythm|count|counts|counted|lilting|lazy)$|(?:ly|y|ing|ed)$/;

/** "4-4" where it stands alone, or is counted. */
export function readHyphened(reading: Reading, at: number): number | undefined {
  const [numerator, denominator] = [reading.at(at), reading.at(at + 2)];
  if (reading.at(at + 1) !== '-' || !/^(?:[2-79]|12)$/.test(numerator) || !/^[48]$/.test(denominator)) return undefined;
  if (!reading.touchesNext(at) || !reading.touchesNext(at + 1)) return undefined;
  const isNoun = NOUNS.has(reading.at(at + 3));
  const isAlone = reading.isItem(at, at + 3);
  if (!isNoun && !isAlone && !isNamedMeter(reading, at)) return undefined;
  const end = isNoun ? at + 4 : at + 3;
  reading.add({ kind: 'meter', signature: `${numerator}/${denominator}`, division: undefined }, at, end);
  return end;
}

/** "the meter is three-four", "time signature: six eight". */
export function isNamedMeter(reading: Reading, at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 4); index--) {
    const text = reading.at(index);
    if (['meter', 'metre', 'signature', 'time'].includes(text)) return true;
    if (['counted', 'notated', 'count', 'counts'].includes(text)) return true;
    if (!['is', ':', '=', 'a', 'in', 'of', 'written', 'stays', 'remains', 'was', 'the', 'it'].includes(text))
      return false;
  }
  return false;
}
