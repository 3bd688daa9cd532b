const ENDS_SENTENCE = new Set(['.', ';', '!', '?', '…', '|', '•', '·', 'lol', 'haha', 'lmao']);
/** These do where more stands beside them. */
const MAY_END = new Set([':', ')', '3', '/', '-']);
/** Small words that sentences begin with. */
const STARTERS = new Set(
  'The This These It My Our Your His Her Their We You He She They Now Next Not There Is Are Who What Why How If When After'.split(
    ' ',
  ),
);

/** Whether a sentence may end with a word. */
export function mayEndSentence(raw: string): boolean {
  return ENDS_SENTENCE.has(raw) || MAY_END.has(raw);
}

/** Whether a sentence may begin with a word where the one before has no stop. */
export function mayBeginUnstopped(raw: string): boolean {
  return STARTERS.has(raw);
}

/** Whether a word that may end a sentence does, or sets an item of a list apart: "|", "•", " / ", " -- ". */
export function endsSentence(text: string, start: number, end: number): boolean {
  const before = text[start - 1];
  switch (text.slice(start, end)) {
    // "piano :: D minor", "nice :) the key is", "so sad <3".
    case ':':
      return before === ':';
    case ')':
      return before === ':' || before === ';';
    case '3':
      return before === '<';
    case '/':
      return isSpace(text, end) && (isSpace(text, start - 1) || before === '/');
    case '-':
      return before === '-' && isSpace(text, end) && isSpace(text, start - 2);
    default:
      return true;
  }
}

/** "lovely playing The key is D": a sentence that begins without a stop before it, at a word that ends at `end`. */
export function beginsUnstopped(before: string, text: string, end: number): boolean {
  return (
    /^[\p{Ll}\p{Extended_Pictographic}]/u.test(before) && /^(?:['’]\p{Ll}+)? \p{Ll}/u.test(text.slice(end, end + 9))
  );
}

function isSpace(text: string, at: number): boolean {
  return text.charCodeAt(at) <= 0x20;
}
