/** Characters of the longest piece, as in SentencePiece and Hugging Face's trainer. */
const LONGEST = 16;
const NONE = -1;
/** Above the id of a piece, the character that follows it. */
const WIDTH = 0x10000;
/** What occurs less often than once in so many characters is no piece. */
const RAREST = 500_000;

export interface SeedPiece {
  readonly text: string;
  readonly score: number;
}

/**
 * The pieces of words that a Unigram model is made smaller from: all characters, and the longer pieces that are most of the text, by
 * frequency times length. A piece is looked at only where both pieces that are shorter by a character are frequent.
 *
 * @param words - each once, however often it occurs.
 */
export function seedPieces(words: readonly string[], most: number): readonly SeedPiece[] {
  const text = words.join('\0');
  const least = Math.max(2, Math.floor(text.length / RAREST));
  const characters = new Map<string, number>();
  for (const character of text) if (character !== '\0') characters.set(character, (characters.get(character) ?? 0) + 1);
  const found: SeedPiece[] = [];
  /** By position, the number of the frequent piece that begins there. */
  let at = Int32Array.from(text, (character) => (character === '\0' ? NONE : character.charCodeAt(0)));
  for (let length = 2; length <= LONGEST; length += 1) {
    const counts = new Map<number, number>();
    const keyAt = (position: number): number => {
      const [here = NONE, next = NONE] = [at[position], at[position + 1]];
      return here === NONE || next === NONE ? NONE : here * WIDTH + text.charCodeAt(position + length - 1);
    };
    const last = text.length - length;
    for (let position = 0; position <= last; position += 1) {
      const key = keyAt(position);
      if (key !== NONE) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const numbers = new Map<number, number>();
    const next = new Int32Array(text.length).fill(NONE);
    for (let position = 0; position <= last; position += 1) {
      const key = keyAt(position);
      const count = counts.get(key) ?? 0;
      if (count < least) continue;
      let number = numbers.get(key);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(key, number);
        found.push({ text: text.slice(position, position + length), score: count * length });
      }
      next[position] = number;
    }
    if (numbers.size === 0) break;
    at = next;
  }
  const longer = found.sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1)).slice(0, most);
  const single = [...characters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([character, score]) => ({ text: character, score }));
  return [...single, ...longer];
}
