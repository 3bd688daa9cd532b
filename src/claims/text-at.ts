import type { Word } from './caption-words.ts';

/** The word at a place in lower case; empty in a title and beyond the caption. A negative index would be looked up by its name, slowly. */
export function textAt(words: readonly Word[], at: number): string {
  return at < 0 ? '' : (words[at]?.text ?? '');
}
