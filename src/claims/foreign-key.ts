import type { Mode } from './claim.ts';
import type { Reading } from './reading.ts';

const pairs = <Value>(text: string, at: (index: number) => Value): readonly (readonly [string, Value])[] =>
  text.split(' ').flatMap((words, index) => words.split('|').map((word) => [word, at(index)] as const));

/** Pitch classes by their German names, from c up. */
const GERMAN: ReadonlyMap<string, number> = new Map(
  pairs('c|his cis|des d dis|es e|fes f|eis fis|ges g gis|as a ais|b h|ces', (pitch) => pitch),
);
/** The same of Romance languages, by white keys. */
const ROMANCE: ReadonlyMap<string, number> = new Map(
  pairs('do|ut re|ré mi fa sol la si', (index) => [0, 2, 4, 5, 7, 9, 11][index] ?? 0),
);
const SIGNS: ReadonlyMap<string, number> = new Map([
  ...pairs('dièse|diese|diesis|sostenido|sharp|#|♯', () => 1),
  ...pairs('bémol|bemol|bemolle|flat|b|♭', () => 11),
]);
const GERMAN_MODES: ReadonlyMap<string, Mode> = new Map([
  ['dur', 'major'],
  ['moll', 'minor'],
]);
const ROMANCE_MODES: ReadonlyMap<string, Mode> = new Map([
  ...pairs('majeur|maggiore|mayor|maior|major', () => 'major' as const),
  ...pairs('mineur|minore|menor|minor', () => 'minor' as const),
]);

/** Whether a word is a mode of another language. */
export function isForeignMode(text: string): boolean {
  return GERMAN_MODES.has(text) || (ROMANCE_MODES.has(text) && text !== 'major' && text !== 'minor');
}

/** "c-Moll", "Es-Dur", "la bémol mineur", "sol mayor", and "in mi minor": read from the mode at a place backwards. */
export function readForeignKey(reading: Reading, at: number): number | undefined {
  const before = reading.at(at - 1) === '-' ? at - 2 : at - 1;
  const german = GERMAN_MODES.get(reading.at(at));
  if (german !== undefined) {
    const tonic = GERMAN.get(reading.at(before));
    if (tonic === undefined) return undefined;
    reading.add({ kind: 'key', tonic, mode: german }, before, at + 1);
    return at + 1;
  }
  const mode = ROMANCE_MODES.get(reading.at(at));
  const shift = SIGNS.get(reading.at(before));
  const from = shift === undefined ? before : before - 1;
  const tonic = ROMANCE.get(reading.at(from));
  if (mode === undefined || tonic === undefined) return undefined;
  // "do minor repairs" are none.
  if (!isForeignMode(reading.at(at)) && !['in', ':', '='].includes(reading.at(from - 1)) && shift === undefined)
    return undefined;
  reading.add({ kind: 'key', tonic: (tonic + (shift ?? 0)) % 12, mode }, from, at + 1);
  return at + 1;
}
