import { INSTRUMENTS_BY_WORD } from './instrument-lexicon.ts';
import { wordSet } from './word-set.ts';

/** Words that claims hang on, and that are mistyped. */
const OFTEN = wordSet(`
  the and with this that for from their piece music song track tune tempo melody rhythm minor major minutes seconds slow fast moderate andante
  allegro adagio moderato without drums time length long lasts written played performed`);
/** Shorter words have too many neighbours. */
const SHORTEST = 5;

const CORE: ReadonlySet<string> = new Set([...OFTEN, ...INSTRUMENTS_BY_WORD.keys()]);
const SMALL = new Map([
  ['teh', 'the'],
  ['adn', 'and'],
  ['wiht', 'with'],
  ['thsi', 'this'],
]);

/**
 * What a mistyped word was meant to be: two letters changed places ("paino", "meldoy"), or a letter is once too often or missing
 * ("pianno", "minnor", "tempp"). A word that is not one of a few is left as it is.
 */
export function respelled(word: string): string {
  const small = SMALL.get(word);
  if (small !== undefined) return small;
  if (word.length < SHORTEST || word.length > 12 || CORE.has(word)) return word;
  for (let at = 0; at < word.length - 1; at++) {
    const [a, b] = [word[at], word[at + 1]];
    if (a === b) {
      const once = word.slice(0, at) + word.slice(at + 1);
      if (CORE.has(once)) return once;
    } else {
      const swapped = `${word.slice(0, at)}${b}${a}${word.slice(at + 2)}`;
      if (at > 0 && CORE.has(swapped)) return swapped;
    }
  }
  return word;
}
