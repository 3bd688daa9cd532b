import type { Reading } from './reading.ts';
import { WORD_KIND } from './word-kind.ts';

const ONES: ReadonlyMap<string, number> = new Map(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen`
    .split(/\s+/)
    .map((word, index) => [word, index]),
);
const TENS: ReadonlyMap<string, number> = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, index) => [word, 10 * (index + 2)]),
);

export function beginsSpelledNumber(text: string): boolean {
  return text === 'a' || ONES.has(text) || TENS.has(text);
}

/** A whole number in words and where it ends: "three", "twenty-five", "one hundred and twelve", "a hundred". */
export function spelledNumber(
  reading: Reading,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  if (!reading.is(at, WORD_KIND.spelledNumber)) return undefined;
  const isA = reading.at(at) === 'a';
  const isHundred = reading.at(at + 1) === 'hundred' && (isA || ONES.has(reading.at(at)));
  if (!isHundred) return isA ? undefined : belowHundred(reading, at);
  const hundreds = 100 * (ONES.get(reading.at(at)) ?? 1);
  const next = reading.at(at + 2) === 'and' ? at + 3 : at + 2;
  const rest = belowHundred(reading, next);
  return rest === undefined ? { value: hundreds, end: at + 2 } : { value: hundreds + rest.value, end: rest.end };
}

function belowHundred(reading: Reading, at: number): { readonly value: number; readonly end: number } | undefined {
  const tens = TENS.get(reading.at(at));
  if (tens === undefined) {
    const value = ONES.get(reading.at(at));
    return value === undefined ? undefined : { value, end: at + 1 };
  }
  const unit = reading.at(at + 1) === '-' ? at + 2 : at + 1;
  const ones = ONES.get(reading.at(unit)) ?? 0;
  return ones > 0 && ones < 10 ? { value: tens + ones, end: unit + 1 } : { value: tens, end: at + 1 };
}
