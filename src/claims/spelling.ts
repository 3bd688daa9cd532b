import { INSTRUMENTS_BY_WORD } from './instrument-lexicon.ts';
import { wordSet } from './word-set.ts';

/** Words that claims hang on, and that are mistyped. */
const OFTEN = wordSet(`
  the and with this that for from their piece music song track tune tempo melody rhythm minor major minutes seconds slow fast moderate andante
  allegro adagio moderato without drums time length long lasts written played performed signature`);
/** Shorter words have too many neighbours. */
const SHORTEST = 5;

const CORE: ReadonlySet<string> = new Set([...OFTEN, ...INSTRUMENTS_BY_WORD.keys()]);
/** Words of the core without one of their letters, by which a missing one is found; none that is a word itself. */
const LACKING = lacking();
const SMALL = new Map([
  ['teh', 'the'],
  ['adn', 'and'],
  ['wiht', 'with'],
  ['thsi', 'this'],
  ['majer', 'major'],
]);

/**
 * What a mistyped word was meant to be: two letters changed places ("paino", "meldoy"), or a letter is too many or missing
 * ("pianno", "guitair", "minuts"). A word that is not one of a few is left as it is.
 */
export function respelled(word: string, isName: boolean): string {
  const small = SMALL.get(word);
  if (small !== undefined) return small;
  if (word.length < SHORTEST || word.length > 13 || CORE.has(word)) return word;
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
  // "Harmonia" is a label of records.
  return isName || word.length < SHORTEST + 1 ? word : (LACKING.get(word) ?? withoutOne(word));
}

/** "guitair", "chello": a letter too many within. */
function withoutOne(word: string): string {
  for (let at = 1; at < word.length - 1; at++) {
    const shorter = word.slice(0, at) + word.slice(at + 1);
    if (CORE.has(shorter)) return shorter;
  }
  return word;
}

function lacking(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const word of CORE) {
    if (word.length <= SHORTEST + 1) continue;
    for (let at = 1; at < word.length - 1; at++) {
      const shorter = word.slice(0, at) + word.slice(at + 1);
      if (!CORE.has(shorter)) found.set(shorter, word);
    }
  }
  return found;
}
