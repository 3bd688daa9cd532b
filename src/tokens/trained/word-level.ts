import { MidiloomError } from '../../errors.ts';
import { type SubwordModel, tokensById } from './subword-model.ts';

/** Whole words only: those that are not in the vocabulary are one unknown token. */
export function createWordLevel(vocabulary: ReadonlyMap<string, number>, unknownId: number | undefined): SubwordModel {
  return {
    tokens: tokensById(vocabulary),
    unknownId,
    encode(word, ids) {
      const id = vocabulary.get(word) ?? unknownId;
      if (id === undefined) throw new MidiloomError('token_unknown', 'the WordLevel model does not know a word');
      ids.push(id);
    },
    plain: (token) => token,
  };
}
