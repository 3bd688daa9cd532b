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

/** Beats of a score are not made of whole positions of the tokenizer. MidiTok looks up or divides by what is not there. */
export class MeterNotOnGrid extends MidiloomError {
  constructor() {
    super(
      'meter_not_on_grid',
      'the time signatures of the score do not fit the positions of beat_res; MidiTok cannot tokenize it, either',
    );
  }
}
