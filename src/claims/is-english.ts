import type { Word } from './caption-words.ts';
import { WORD_KIND } from './word-kind.ts';

/** Words that English prose cannot do without; each is rare in other languages written with the same letters. */
const COMMON = new Set(
  'the and with of is are this that by for its it an has from at to which over under between through into while'.split(
    ' ',
  ),
);
/** The same of German, French, Spanish, Italian, Portuguese, Dutch. */
const FOREIGN = new Set(
  (
    'der die das und mit ist ein eine einer einem einen von zu im den dem auf für nicht ' +
    'le la les et avec une des du dans pour est sur qui aux ' +
    'el los las y con una en del por para es que ' +
    'il gli di della che è nel alla ' +
    'os um uma em da na com ' +
    'het een van met voor op te'
  ).split(' '),
);

export function isEnglishWord(text: string): boolean {
  return COMMON.has(text);
}

export function isForeignWord(text: string): boolean {
  return FOREIGN.has(text);
}

/** Marks between which names stand apart: "两只蝴蝶 - 庞龙 - G major". */
const APART = new Set(['-', '–', '—', ',', '|', '/', ';', '.', '•', '·', ':']);
/** Longer than names are. */
const MOST_OF_NAME = 3;

/**
 * Whether a caption can be read as English: its letters are Latin, but for names that stand apart, and it has no more of the small
 * words of other languages than of English. Lists of tags, which have neither, count as English.
 */
export function isEnglish(words: readonly Word[]): boolean {
  let latin = 0;
  let other = 0;
  let common = 0;
  let foreign = 0;
  for (let at = 0; at < words.length; at++) {
    const { kinds, isTitle } = words[at] ?? { kinds: 0, isTitle: true };
    if (isTitle) continue;
    if ((kinds & WORD_KIND.latin) !== 0) latin++;
    else if ((kinds & WORD_KIND.foreignLetters) !== 0) {
      const end = endOfName(words, at);
      if (end === undefined) other++;
      else at = end - 1;
    }
    if ((kinds & WORD_KIND.english) !== 0) common++;
    else if ((kinds & WORD_KIND.foreign) !== 0) foreign++;
  }
  const hasNames = latin === 0 && words.some(({ kinds }) => (kinds & WORD_KIND.foreignLetters) !== 0);
  return !hasNames && other <= latin / 2 && foreign <= Math.max(common, latin / 12, 1);
}

/** Where a name in other letters ends that has an item of its own. */
function endOfName(words: readonly Word[], at: number): number | undefined {
  const isEdge = (index: number, mark: number): boolean =>
    words[index - 1]?.sentence !== words[index]?.sentence || APART.has(words[mark]?.text ?? '');
  if (!isEdge(at, at - 1)) return undefined;
  let end = at + 1;
  while (((words[end]?.kinds ?? 0) & WORD_KIND.foreignLetters) !== 0 && !isEdge(end, end)) end++;
  return end - at <= MOST_OF_NAME && isEdge(end, end) ? end : undefined;
}
