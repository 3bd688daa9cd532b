import { INSTRUMENTS_BY_WORD } from './instrument-lexicon.ts';
import { TEMPO_WORDS } from './tempo-word-lexicon.ts';
import { wordSet } from './word-set.ts';

/** Words that tags are put together of: "bflatmajor", "nodrums", "slowtempo", "solopiano". */
const PARTS = wordSet(`
  a b c d e f g flat sharp major minor key tempo music no solo only just free paced song ballad waltz bpm mid up down very easy
  seconds minutes sec mins vocals lead without with`);
const LETTERS = wordSet('a b c d e f g');
const AFTER_LETTER = wordSet('flat sharp major minor');
const [SHORTEST, LONGEST] = [6, 24];

/** The lengths of the words that one is put together of; `undefined` where it is one of its own. */
export function joinedWords(text: string): readonly number[] | undefined {
  if (text.length < SHORTEST || text.length > LONGEST || isPart(text)) return undefined;
  return partsFrom(text, 0, '');
}

function partsFrom(text: string, from: number, before: string): readonly number[] | undefined {
  if (from === text.length) return LETTERS.has(before) ? undefined : [];
  for (let to = text.length; to > from; to--) {
    const part = text.slice(from, to);
    // A letter is a note only before its sign or its mode.
    if (
      !isPart(part) ||
      part === before ||
      (LETTERS.has(part) && from > 0) ||
      (LETTERS.has(before) && !AFTER_LETTER.has(part))
    )
      continue;
    const rest = partsFrom(text, to, part);
    if (rest !== undefined) return [to - from, ...rest];
  }
  return undefined;
}

function isPart(text: string): boolean {
  if (PARTS.has(text) || TEMPO_WORDS.has(text)) return true;
  return (
    INSTRUMENTS_BY_WORD.get(text)?.some(({ words }) => words.length === 1 || words.every((word) => word === text)) ===
    true
  );
}
