import { addedTokenSplitter } from './added-tokens.ts';
import { type SubwordFile, WORD_START } from './read-subword-model.ts';

/**
 * Makes the function that appends the ids of a word as `Tokenizer.encode` of Hugging Face gives them: added tokens first,
 * then what the model makes of the texts between them, each with the mark of a word.
 */
export function wordEncoder({ model, addedTokens, marksWords }: SubwordFile): (word: string, ids: number[]) => void {
  const split = addedTokenSplitter(addedTokens);
  const encodeText = (text: string, ids: number[]): void => {
    const marked = !marksWords || text.startsWith(WORD_START) ? text : WORD_START + text;
    // The mark can be the character of a base token, too: a word begins there all the same.
    for (let start = 0; start < marked.length; ) {
      const next = marksWords ? marked.indexOf(WORD_START, start + 1) : -1;
      const end = next === -1 ? marked.length : next;
      model.encode(start === 0 && end === marked.length ? marked : marked.slice(start, end), ids);
      start = end;
    }
  };
  return (word, ids) => {
    split(
      word,
      (id) => ids.push(id),
      (text) => encodeText(text, ids),
    );
  };
}
