import { MidiloomError } from '../../errors.ts';
import type { SubwordModel } from './subword-model.ts';
import { TokenTrie } from './token-trie.ts';

export interface UnigramOptions {
  /** Tokens by id, with the logarithms of their probabilities. */
  readonly pieces: readonly (readonly [token: string, score: number])[];
  readonly unknownId: number | undefined;
}

/** How much less an unknown character scores than the worst token, as in SentencePiece. */
const UNKNOWN_PENALTY = 10;

/**
 * The unigram model (Kudo, ACL 2018): of all ways to cut a word into tokens the most probable one, by Viterbi's algorithm.
 * Unknown characters in a row are one unknown token.
 */
export function createUnigram({ pieces, unknownId }: UnigramOptions): SubwordModel {
  const idOf = new Map(pieces.map(([token], id) => [token, id]));
  const trie = new TokenTrie(pieces.map(([token], id) => [token, id]));
  const scores = Float64Array.from(pieces, ([, score]) => score);
  const unknownScore =
    scores.reduce((least, score) => Math.min(least, score), Number.POSITIVE_INFINITY) - UNKNOWN_PENALTY;

  /** Per position of the word the id of the token that ends there on the best way, and where it starts. */
  function bestWays(word: string): { readonly ids: Int32Array; readonly starts: Int32Array } {
    const ids = new Int32Array(word.length + 1);
    const starts = new Int32Array(word.length + 1).fill(-1);
    const best = new Float64Array(word.length + 1);
    let start = 0;
    let isKnown = false;
    const offer = (end: number, id: number | undefined, score: number): void => {
      const total = score + (best[start] as number);
      if (starts[end] !== -1 && total <= (best[end] as number)) return;
      if (id === undefined) throw new MidiloomError('token_unknown', 'the Unigram model does not know a token');
      best[end] = total;
      starts[end] = start;
      ids[end] = id;
    };
    const offerToken = (end: number, id: number): void => {
      offer(end, id, scores[id] as number);
      isKnown ||= end === start + 1;
    };
    for (; start < word.length; start += 1) {
      isKnown = false;
      trie.tokensAt(word, start, offerToken);
      if (!isKnown) offer(start + 1, unknownId, unknownScore);
    }
    return { ids, starts };
  }

  return {
    tokens: pieces.map(([token]) => token),
    unknownId,
    encode(word, out) {
      const { ids, starts } = bestWays(word);
      const way: number[] = [];
      for (let end = word.length; end > 0; ) {
        const id = ids[end] as number;
        let start = starts[end] as number;
        if (id === unknownId) while (start > 0 && ids[start] === unknownId) start = starts[start] as number;
        // What is unknown in a row can be a token as a whole.
        way.push(id === unknownId ? (idOf.get(word.slice(start, end)) ?? id) : id);
        end = start;
      }
      for (const id of way.reverse()) out.push(id);
    },
    plain: (token) => token,
  };
}
