/** Separators of files, groups, records and units, and the next line: white space to Python, not to JavaScript. */
const SEPARATORS = '\u001c\u001d\u001e\u001f\u0085';

/** `str.strip` of Python, which sentence-transformers calls on each text. In linear time, which a pattern for both ends does not take. */
export function pythonStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charAt(start))) start++;
  while (end > start && isSpace(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(character: string): boolean {
  return SEPARATORS.includes(character) || (character !== '\ufeff' && character.trim() === '');
}
