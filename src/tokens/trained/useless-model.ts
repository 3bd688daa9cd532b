import type { TokenizerConfig } from '../tokenizer-config.ts';
import { readSubwordModel } from './read-subword-model.ts';

/** A piece of two minutes has as many base tokens; a limit above it cuts few of them. */
const TOKENS_OF_A_PIECE = 10_000;

/**
 * What to tell a user whose trained model makes nothing of use of most pieces, though MidiTok applies it all the same;
 * `undefined` for all others.
 */
export function uselessModel({ trained, encode_ids_split: split }: TokenizerConfig): string | undefined {
  if (trained === null || split !== 'no') return undefined;
  const { longestWord } = readSubwordModel(trained.model);
  if (longestWord >= TOKENS_OF_A_PIECE) return undefined;
  return (
    `The trained tokenizer is of no use as it is: its WordPiece model makes one unknown token of every stream of more than ` +
    `${longestWord} base tokens, which is nearly every piece, as encode_ids_split is "no". These are the ids that MidiTok ` +
    'gives, and they cannot be turned back into music. Train it again with encode_ids_split "bar" or "beat".'
  );
}
