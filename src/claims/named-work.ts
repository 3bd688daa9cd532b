import type { Word } from './caption-words.ts';
import { MANY_WORKS, WORKS } from './clause-lexicon.ts';
import { textAt } from './text-at.ts';
import { WORD_KIND } from './word-kind.ts';
import { wordSet } from './word-set.ts';

const CONTRACTIONS = wordSet(
  "it's let's here's there's that's what's who's he's she's today's where's how's tonight's everyone's",
);

/** Capitals in the middle of a sentence: the name of a work. */
const TITLES = wordSet(`
  sonata sonatina prelude nocturne waltz etude étude suite variations rhapsody ballade requiem quartet quintet trio serenade fugue
  minuet mazurka polonaise scherzo adagio symphony concerto impromptu bagatelle aria toccata rondo bolero boléro gymnopédie
  gymnopedie polka march tango canon allegro andante largo mass overture opus op no bwv rag`);

/** "the Andante marking" is no work. */
const MARKINGS = wordSet('marking tempo pace indication direction');

/** Whether a word may be the name of a work, or of whom it is: "Bach's", "Nocturne"; most words are neither. */
export function mayName(raw: string, text: string): boolean {
  return /['’]s$/.test(raw) || (raw !== text && TITLES.has(text));
}

/** "Bach's Prelude in C", "the Moonlight Sonata in C-sharp minor", "Gymnopédie No. 1". */
export function isNamedWork(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word !== undefined && (word.kinds & WORD_KIND.name) === 0) return false;
  if (word === undefined || isFirst(words, at))
    return word !== undefined && /^\p{Lu}\p{L}+['’]s$/u.test(word.raw) && isNamed(words, at);
  if (/^\p{Lu}\p{L}+['’]s$/u.test(word.raw) && !CONTRACTIONS.has(word.text.replace('’', "'"))) return true;
  if (/^\p{Ll}{3,}['’]s$/u.test(word.raw) && [at + 1, at + 2].some((index) => isWork(textAt(words, index))))
    return true;
  if (!/^\p{Lu}/u.test(word.raw) || !TITLES.has(word.text)) return false;
  const before = at < 1 ? undefined : words[at - 1];
  if (before === undefined || before.isTitle || MARKINGS.has(textAt(words, at + 1))) return false;
  if (before.text === 'the') return true;
  return /^\p{Lu}\p{L}/u.test(before.raw) && !isFirst(words, at - 1) && !isTitleCase(words, at);
}

function isWork(text: string): boolean {
  return TITLES.has(text) || WORKS.has(text) || MANY_WORKS.has(text);
}

/** The possessive that a sentence begins with belongs to a name only where a work or a title comes after. */
function isNamed(words: readonly Word[], at: number): boolean {
  if (CONTRACTIONS.has((words[at]?.text ?? '').replace('’', "'"))) return false;
  for (let index = at + 1; index <= at + 4; index++) {
    const word = words[index];
    if (word?.isTitle === true || isWork(word?.text ?? '')) return true;
  }
  return false;
}

/** "Slow Waltz In D Minor": everything has capitals. */
function isTitleCase(words: readonly Word[], at: number): boolean {
  let [upper, lower] = [0, 0];
  for (const { raw, sentence } of words.slice(Math.max(0, at - 8), at + 8)) {
    if (sentence !== words[at]?.sentence) continue;
    if (/^\p{Lu}/u.test(raw)) upper++;
    else if (/^\p{Ll}{4}/u.test(raw)) lower++;
  }
  return lower < upper / 3;
}

export function isFirst(words: readonly Word[], at: number): boolean {
  return (
    at === 0 ||
    words[at - 1]?.sentence !== words[at]?.sentence ||
    ['.', ':', '(', '—'].includes(words[at - 1]?.text ?? '')
  );
}
