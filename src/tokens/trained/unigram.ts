import { MidiloomError } from '../../errors.ts';
import type { SubwordModel } from './subword-model.ts';

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
  const longest = pieces.reduce((most, [token]) => Math.max(most, token.length), 1);
  const unknownScore = pieces.reduce((least, [, score]) => Math.min(least, score), 0) - UNKNOWN_PENALTY;

  /** Per position of the word the id of the token that ends there on the best way, and where it starts. */
  function bestWays(word: string): { readonly ids: Int32Array; readonly starts: Int32Array } {
    const ids = new Int32Array(word.length + 1);
    const starts = new Int32Array(word.length + 1).fill(-1);
    const scores = new Float64Array(word.length + 1);
    const offer = (start: number, end: number, id: number | undefined, score: number): void => {
      const total = score + (scores[start] ?? 0);
      if (starts[end] !== -1 && total <= (scores[end] ?? 0)) return;
      if (id === undefined) throw new MidiloomError('token_unknown', 'the Unigram model does not know a token');
      scores[end] = total;
      starts[end] = start;
      ids[end] = id;
    };
    for (let start = 0; start < word.length; start += 1) {
      let isKnown = false;
      for (let end = start + 1; end <= Math.min(word.length, start + longest); end += 1) {
        const id = idOf.get(word.slice(start, end));
        if (id === undefined) continue;
        offer(start, end, id, pieces[id]?.[1] ?? 0);
        isKnown ||= end === start + 1;
      }
      if (!isKnown) offer(start, start + 1, unknownId, unknownScore);
    }
    return { ids, starts };
  }

  return {
    tokens: pieces.map(([token]) => token),
    encode(word, out) {
      const { ids, starts } = bestWays(word);
      const way: number[] = [];
      for (let end = word.length; end > 0; end = starts[end] ?? 0) {
        const id = ids[end] ?? 0;
        if (id !== unknownId || way.at(-1) !== unknownId) way.push(id);
      }
      for (const id of way.reverse()) out.push(id);
    },
    plain: (token) => token,
  };
}
