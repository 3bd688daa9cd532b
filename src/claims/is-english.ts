import type { Word } from './caption-words.ts';

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

/**
 * Whether a caption can be read as English: its letters are Latin, and it has no more of the small words of other
 * languages than of English. Lists of tags, which have neither, count as English.
 */
export function isEnglish(words: readonly Word[]): boolean {
  let latin = 0;
  let other = 0;
  let common = 0;
  let foreign = 0;
  for (const { text, isTitle } of words) {
    if (isTitle || !/^\p{L}/u.test(text)) continue;
    if (/^[\p{Script=Latin}'’]+$/u.test(text)) latin++;
    else other++;
    if (COMMON.has(text)) common++;
    else if (FOREIGN.has(text)) foreign++;
  }
  return other <= latin / 2 && foreign <= Math.max(common, latin / 12, 1);
}
