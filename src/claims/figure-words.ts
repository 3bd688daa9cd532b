import type { Word } from './caption-words.ts';
import { textAt } from './text-at.ts';
import { WORD_KIND } from './word-kind.ts';

/** "between three and four", "less than 90". */
export function isFigure(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  return /^\d/.test(text) || (text !== 'a' && ((words[at]?.kinds ?? 0) & WORD_KIND.spelledNumber) !== 0);
}

/** "sounds like E flat minor to me". */
export function namesKey(words: readonly Word[], at: number): boolean {
  if (((words[at]?.kinds ?? 0) & WORD_KIND.key) === 0) return false;
  if (/^[A-G](?:b|♭)?(?:m|[Mm]in|[Mm]aj)$/.test(words[at]?.raw ?? '')) return true;
  return [at + 1, at + 2, at + 3].some((index) => ['major', 'minor', 'maj', 'min', 'm'].includes(textAt(words, index)));
}
