/** What letters and endings tell of a word, as bits: all words have them, also those that no list knows. */
export const FORM = {
  /** Begins with a letter. */
  letter: 1,
  /** Begins with a Latin letter. */
  latin: 2,
  /** "longest". */
  superlative: 4,
  /** "Bach's". */
  possessive: 8,
  /** Ends in "s" or "ed". */
  inflected: 16,
  digit: 32,
} as const;

const FORMS: readonly (readonly [form: keyof typeof FORM, expression: RegExp])[] = [
  ['letter', /^\p{L}/u],
  ['latin', /^\p{Script=Latin}/u],
  ['superlative', /.{3}est$/],
  ['possessive', /['’]s$/],
  ['inflected', /(?:s|ed)$/],
  ['digit', /^\d/],
];

export function formsOf(text: string): number {
  let forms = 0;
  for (const [form, expression] of FORMS) if (expression.test(text)) forms |= FORM[form];
  return forms;
}
