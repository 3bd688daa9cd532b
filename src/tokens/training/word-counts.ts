import { characterOf } from './characters.ts';

/** How often each word occurs that a vocabulary is learned from. A word is a bar, a beat or a whole stream, a base token a character. */
export class WordCounts {
  readonly #counts = new Map<string, number>();
  readonly #prefix: string;
  /** Base tokens that were counted. */
  tokens = 0;
  words = 0;

  /** @param prefix - before every word, as MidiTok's pre-tokenizer marks them; empty for whole streams. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** @param starts - where words begin in the stream, from 0. */
  add(ids: ArrayLike<number>, starts: readonly number[]): void {
    for (const [at, start] of starts.entries()) {
      const end = starts[at + 1] ?? ids.length;
      if (end === start) continue;
      let word = this.#prefix;
      for (let token = start; token < end; token += 1) word += characterOf(ids[token] ?? 0);
      this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
      this.words += 1;
      this.tokens += end - start;
    }
  }

  /** In an order that does not depend on that of the pieces, so that what is learned does not. */
  sorted(): readonly (readonly [word: string, count: number])[] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
