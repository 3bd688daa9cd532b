import { pick, type Random } from './markup.ts';

const vowelSounds = '[aeio][a-z]|[AEIO][a-z]+\\b|[AEF](?:[#♯♭ -]|b\\b|m|b m)|8\\d*\\b|1[18]\\b|un[a-z]|up';
const vowelWord = new RegExp(`\\b([Aa]) (?=(?:<[ktwmihd]:)?(?:${vowelSounds}))`, 'g');
const slips: readonly (readonly [RegExp, string])[] = [
  [/piano/, 'paino'],
  [/guitar\b/, 'guitare'],
  [/violin\b/, 'voilin'],
  [/clarinet/, 'clarinette'],
  [/minor\b/, 'minro'],
  [/major\b/, 'majer'],
  [/tempo/, 'temop'],
  [/rhythm/, 'rythm'],
  [/beautiful/, 'beatiful'],
  [/minutes/, 'minuts'],
  [/really/, 'realy'],
  [/the /, 'teh '],
  [/with /, 'wiht '],
  [/signature/, 'signiture'],
  [/drums/, 'durms'],
];

/** "a" made "an" where the next word asks for it. */
export function articles(text: string): string {
  return text.replace(vowelWord, '$1n ');
}

/** The text with its first letter, or that of its first marked words, a capital. */
export function capital(text: string): string {
  return text.replace(/^((?:<[a-z]:)?)([a-z])/, (_all, open: string, letter: string) => open + letter.toUpperCase());
}

/** The text all in small letters; short keys ("Am", "CM") would then read as other words, so they stop it. */
export function small(text: string): string {
  return /<k:(?:key )?[A-G][#b♯♭]?(?:m|M)?>/.test(text) ? text : text.toLowerCase();
}

/** The text with one slip of the fingers, where it has a word that people slip on. */
export function slip(text: string, random: Random): string {
  const fitting = slips.filter(([pattern]) => pattern.test(text));
  if (fitting.length === 0) return text;
  const [pattern, wrong] = pick(random, fitting);
  return text.replace(pattern, wrong);
}

/** How often a writer is careless. */
export interface Carelessness {
  readonly small: number;
  readonly slips: number;
  readonly noStop: number;
}

/** A text as a more or less careless person leaves it. */
export function finish(text: string, care: Carelessness, random: Random): string {
  let out = articles(text);
  if (random() < care.small) out = small(out);
  if (random() < care.slips) out = slip(out, random);
  if (random() < care.noStop) out = out.replace(/\.$/, '');
  return out;
}
