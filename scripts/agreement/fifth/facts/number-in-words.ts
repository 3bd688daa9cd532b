const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** 96: "ninety-six", 120: "one hundred and twenty"; whole numbers below a thousand. */
export function numberInWords(number: number): string {
  const word = small[number];
  if (word !== undefined) return word;
  if (number < 100) {
    const rest = number % 10;
    return `${tens[Math.floor(number / 10)]}${rest === 0 ? '' : `-${small[rest]}`}`;
  }
  const rest = number % 100;
  return `${small[Math.floor(number / 100)]} hundred${rest === 0 ? '' : ` and ${numberInWords(rest)}`}`;
}
