/** A model that turns words into ids of its vocabulary, as the `tokenizers` library of Hugging Face does. */
export interface SubwordModel {
  /** Token by id. */
  readonly tokens: readonly string[];
  /** Appends the ids of a word, which is not empty. One character is one base token. */
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
