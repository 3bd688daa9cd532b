const SMALL = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen`.split(/\s+/);
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A whole number below 1000, as it is written out in Britain. */
export function numberWords(number: number): string {
  if (number < 20) return SMALL[number] ?? '';
  if (number < 100) {
    const tens = TENS[Math.floor(number / 10)] ?? '';
    return number % 10 === 0 ? tens : `${tens}-${SMALL[number % 10]}`;
  }
  const hundreds = `${SMALL[Math.floor(number / 100)]} hundred`;
  return number % 100 === 0 ? hundreds : `${hundreds} and ${numberWords(number % 100)}`;
}
