/** Semitones of the letters A to G above C. */
const LETTERS: readonly number[] = [9, 11, 0, 2, 4, 5, 7];
const [A, SHARP, FLAT, D, M] = [0x41, 0x23, 0x62, 0x64, 0x6d];

/**
 * The triad of a chord's symbol: its root, 0 (C) to 11, and 12 more where its third is minor; `undefined` for none. Of the roots
 * with a sign, those that nobody writes ("Cb", "E#") are none. A piece has hundreds of symbols: no expression, no piece of a string.
 */
export function triadOf(symbol: string): number | undefined {
  const letter = LETTERS[symbol.charCodeAt(0) - A];
  if (letter === undefined) return undefined;
  const mark = symbol.charCodeAt(1);
  if (mark === SHARP && (letter === 4 || letter === 11)) return undefined;
  if (mark === FLAT && (letter === 0 || letter === 5)) return undefined;
  const shift = mark === SHARP ? 1 : mark === FLAT ? 11 : 0;
  const quality = shift === 0 ? 1 : 2;
  const first = symbol.charCodeAt(quality);
  const isMinor =
    (first === M && !symbol.startsWith('maj', quality)) || (first === D && symbol.startsWith('dim', quality));
  return ((letter + shift) % 12) + (isMinor ? 12 : 0);
}
