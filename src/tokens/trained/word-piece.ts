import { type SubwordModel, tokensById } from './subword-model.ts';

export interface WordPieceOptions {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Before tokens that continue a word. */
  readonly prefix: string;
  /** Stands for a whole word that cannot be made of tokens, or that is too long. */
  readonly unknownId: number;
  readonly mostCharacters: number;
}

/** WordPiece (Schuster and Nakajima, ICASSP 2012; as BERT applies it): from the left, always the longest token. */
export function createWordPiece({ vocabulary, prefix, unknownId, mostCharacters }: WordPieceOptions): SubwordModel {
  const longest = [...vocabulary.keys()].reduce((most, token) => Math.max(most, token.length), 1);
  return {
    tokens: tokensById(vocabulary),
    encode(word, ids) {
      const first = ids.length;
      let start = word.length > mostCharacters ? -1 : 0;
      while (start >= 0 && start < word.length) {
        let end = Math.min(word.length, start + longest);
        let id: number | undefined;
        for (; end > start && id === undefined; end -= 1) {
          id = vocabulary.get(`${start > 0 ? prefix : ''}${word.slice(start, end)}`);
        }
        if (id === undefined) break;
        ids.push(id);
        start = end + 1;
      }
      if (start === word.length) return;
      ids.length = first;
      ids.push(unknownId);
    },
    plain: (token) => (token.startsWith(prefix) ? token.slice(prefix.length) : token),
  };
}
