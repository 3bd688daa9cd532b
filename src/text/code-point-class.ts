/** What a code point is to captions, and its script, in one byte: `kind | script << 3`. */
export const KIND = Object.freeze({ other: 1, letter: 2, ideograph: 3, digit: 4, punctuation: 5, symbol: 6, mark: 7 });
export const KIND_BITS = 7;
export const SCRIPT_SHIFT = 3;

/**
 * Scripts told apart, by Unicode's names; the index is the number in the class. `None` is what letters share (digits,
 * punctuation, emoji), `Other` any script not listed.
 */
export const SCRIPTS: readonly string[] = Object.freeze([
  'None',
  'Latin',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Arabic',
  'Cyrillic',
  'Greek',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Georgian',
  'Armenian',
  'Ethiopic',
  'Other',
]);

const SCRIPT_PATTERNS = SCRIPTS.map((name, script) => [script, name] as const)
  .filter(([, name]) => name !== 'None' && name !== 'Other')
  .map(([script, name]) => [script, new RegExp(`\\p{Script=${name}}`, 'u')] as const);

const KIND_PATTERNS: readonly (readonly [number, RegExp])[] = [
  // Written without spaces, and one character is about one word; katakana, like Thai, is kept in runs.
  [KIND.ideograph, /[\p{Script=Han}\p{Script=Hiragana}]/u],
  [KIND.letter, /\p{L}/u],
  [KIND.mark, /\p{M}/u],
  [KIND.digit, /\p{N}/u],
  [KIND.punctuation, /\p{P}/u],
  [KIND.symbol, /\p{S}/u],
];

/** Filled as code points are met, 0 until then: asking a regular expression takes a microsecond. */
const classes = new Uint8Array(0x110000);

/** The class of a code point. For characters newer than Unicode 15.0 (Node 20) it depends on the runtime. */
export function classOf(codePoint: number): number {
  const known = classes[codePoint] ?? KIND.other;
  if (known !== 0) return known;
  const character = String.fromCodePoint(codePoint);
  const kind = KIND_PATTERNS.find(([, pattern]) => pattern.test(character))?.[0] ?? KIND.other;
  const computed = kind | (scriptOf(character) << SCRIPT_SHIFT);
  classes[codePoint] = computed;
  return computed;
}

function scriptOf(character: string): number {
  if (!/[\p{L}\p{M}]/u.test(character) || /\p{Script=Common}|\p{Script=Inherited}/u.test(character)) return 0;
  return SCRIPT_PATTERNS.find(([, pattern]) => pattern.test(character))?.[0] ?? SCRIPTS.indexOf('Other');
}
