import { ConfigError } from '../../errors.ts';
import { PairTable } from './pair-table.ts';

/** Real models have hundreds of thousands; the tables of so many take 200 MB. */
const MOST_CHARACTERS = 2 ** 22;
const NONE = -1;

/** Tokens by their beginnings, for models that look for all tokens that begin at a place of a word. */
export class TokenTrie {
  readonly #next: PairTable;
  /** By node. */
  readonly #ids: Int32Array;

  /**
   * @param tokens - With their ids; of equal tokens the last counts.
   * @throws ConfigError `tokenizer_model_unsupported` where they are longer than any model's.
   */
  constructor(tokens: readonly (readonly [token: string, id: number])[]) {
    const characters = tokens.reduce((sum, [token]) => sum + token.length, 0);
    if (characters > MOST_CHARACTERS) {
      throw new ConfigError(
        'tokenizer_model_unsupported',
        `the tokens of the trained model are ${characters} base tokens long; ${MOST_CHARACTERS} are possible`,
      );
    }
    this.#next = new PairTable(characters);
    this.#ids = new Int32Array(characters + 1).fill(NONE);
    let nodes = 1;
    for (const [token, id] of tokens) {
      let node = 0;
      for (let at = 0; at < token.length; at += 1) {
        const character = token.charCodeAt(at);
        let child = this.#next.get(node, character);
        if (child === NONE) {
          child = nodes++;
          this.#next.set(node, character, child);
        }
        node = child;
      }
      this.#ids[node] = id;
    }
  }

  /** Calls `onToken` for each token that begins at `start`, the shortest first. */
  tokensAt(word: string, start: number, onToken: (end: number, id: number) => void): void {
    let node = 0;
    for (let at = start; at < word.length; ) {
      node = this.#next.get(node, word.charCodeAt(at));
      if (node === NONE) return;
      at += 1;
      const id = this.#ids[node] as number;
      if (id !== NONE) onToken(at, id);
    }
  }
}
