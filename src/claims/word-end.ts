const WORD = /[\p{L}]+(?:['’][\p{L}]+)*|\d+(?:[.,]\d+)?|[^\s\p{L}\d]/uy;

/** The end of the word, number or sign that begins at a place; the place itself where none does. */
export function wordEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  // Nearly all words are of plain letters: these need no expression, which costs three times as much.
  if (isLetter(first)) {
    let at = start + 1;
    while (isLetter(text.charCodeAt(at))) at++;
    const next = text.charCodeAt(at);
    if (next !== APOSTROPHE && !(next > LAST_PLAIN)) return at;
  } else if (first === SPACE) return start;
  else if (first > SPACE && first <= LAST_PLAIN && !isDigit(first)) return start + 1;
  WORD.lastIndex = start;
  return WORD.test(text) ? WORD.lastIndex : start;
}

const [SPACE, APOSTROPHE, LAST_PLAIN] = [0x20, 0x27, 0x7e];

/** Of ASCII. */
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
