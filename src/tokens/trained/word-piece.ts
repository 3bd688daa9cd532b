import { MidiloomError } from '../../errors.ts';
import { type SubwordModel, tokensById } from './subword-model.ts';
import { TokenTrie } from './token-trie.ts';

export interface WordPieceOptions {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Before tokens that continue a word. */
  readonly prefix: string;
  /** Stands for a whole word that cannot be made of tokens, or that is too long. */
  readonly unknownId: number | undefined;
  readonly mostCharacters: number;
}

/** WordPiece (Schuster and Nakajima, ICASSP 2012; as BERT applies it): from the left, always the longest token. */
export function createWordPiece({ vocabulary, prefix, unknownId, mostCharacters }: WordPieceOptions): SubwordModel {
  const tokens = [...vocabulary];
  const beginnings = new TokenTrie(tokens);
  const continuations = new TokenTrie(
    tokens.flatMap(([token, id]) => (token.startsWith(prefix) ? [[token.slice(prefix.length), id] as const] : [])),
  );

  /** Whether the word could be made of tokens; if not, some ids are appended nevertheless. */
  function encodeKnown(word: string, ids: number[]): boolean {
    let end = 0;
    let longest: number | undefined;
    const take = (to: number, id: number): void => {
      end = to;
      longest = id;
    };
    for (let start = 0; start < word.length; start = end) {
      longest = undefined;
      (start === 0 ? beginnings : continuations).tokensAt(word, start, take);
      if (longest === undefined) return false;
      ids.push(longest);
    }
    return true;
  }

  return {
    tokens: tokensById(vocabulary),
    unknownId,
    encode(word, ids) {
      const first = ids.length;
      if (word.length <= mostCharacters && encodeKnown(word, ids)) return;
      if (unknownId === undefined) {
        throw new MidiloomError('token_unknown', 'the WordPiece model has no token for a word that it cannot make');
      }
      ids.length = first;
      ids.push(unknownId);
    },
    plain: (token) => (token.startsWith(prefix) ? token.slice(prefix.length) : token),
  };
}
