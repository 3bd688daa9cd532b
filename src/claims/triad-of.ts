/** Semitones of the letters A to G above C. */
const LETTERS: readonly number[] = [9, 11, 0, 2, 4, 5, 7];
/** What a sign does not go to: nobody writes these roots. */
const UNUSED = new Set(['Cb', 'Fb', 'B#', 'E#']);

/** The triad of a chord's symbol: its root, 0 (C) to 11, and 12 more where its third is minor; `undefined` for none. */
export function triadOf(symbol: string): number | undefined {
  const letter = LETTERS[symbol.charCodeAt(0) - 65];
  if (letter === undefined) return undefined;
  const sign = symbol[1] === '#' ? 1 : symbol[1] === 'b' ? -1 : 0;
  if (sign !== 0 && UNUSED.has(symbol.slice(0, 2))) return undefined;
  const quality = sign === 0 ? 1 : 2;
  const isMinor = (symbol[quality] === 'm' && !symbol.startsWith('maj', quality)) || symbol.startsWith('dim', quality);
  return ((letter + sign + 12) % 12) + (isMinor ? 12 : 0);
}
