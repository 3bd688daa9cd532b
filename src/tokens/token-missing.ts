import { MidiloomError } from '../errors.ts';

/**
 * A score needs a token that the vocabulary of the tokenizer does not have. MidiTok fails at the same place, with the token as
 * a key that is not there.
 */
export class TokenMissing extends MidiloomError {
  constructor(token: string) {
    super(
      'token_missing',
      `the tokenizer has no token ${token}, which this file needs; MidiTok cannot tokenize it, either`,
    );
  }
}
