/** A model that turns words into ids of its vocabulary, as the `tokenizers` library of Hugging Face does. */
export interface SubwordModel {
  /** Token by id. */
  readonly tokens: readonly string[];
  /** Of the token that stands for what it cannot say; `undefined` where it has none. */
  readonly unknownId: number | undefined;
  /**
   * Appends the ids of a word, which is not empty. One character is one base token.
   * @throws MidiloomError `token_unknown` where the model has no token for unknown ones, and the word has one
   */
  encode(word: string, ids: number[]): void;
  /** A token without what marks its place in a word. */
  plain(token: string): string;
}

/** Inverts a vocabulary; ids that no token has stay empty. */
export function tokensById(vocabulary: ReadonlyMap<string, number>): readonly string[] {
  const tokens: string[] = [];
  for (const [token, id] of vocabulary) tokens[id] = token;
  return Array.from(tokens, (token) => token ?? '');
}
