import { MidiloomError } from '../errors.ts';
import type { Tokenizer } from './create-tokenizer.ts';
import type { TokenIds } from './token-sequences.ts';
import type { DirectTokenization } from './tokenizations/tokenization.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import { Vocabulary, VocabularyColumn } from './vocabulary.ts';

const NO_LOSSES = {
  pitch_range: 0,
  drums_pitch_range: 0,
  programs: 0,
  bars: 0,
  meters: [],
  tempos: 0,
} as const;
const LARGEST_SHORT_ID = 0xfffe;
/** As that of MidiTok's tokenizations: a hostile file could ask for far more than it has bytes. */
const MOST_IDS = 2 ** 25;

/** A tokenizer of a tokenization that needs nothing of what MidiTok's have in common. */
export function directTokenizer(config: TokenizerConfig, tokenization: DirectTokenization): Tokenizer {
  const vocabulary = new Vocabulary([new VocabularyColumn([], tokenization.blocks())]);
  const size = vocabulary.columns[0]?.tokens.length ?? 0;
  return {
    config,
    tokenization,
    vocabulary,
    layout: 'single',
    encode(score) {
      const ids = tokenization.encode(score);
      if (ids.length > MOST_IDS)
        throw new MidiloomError('too_many_tokens', `the score needs more than ${MOST_IDS} token ids`);
      return { layout: 'single', columns: 1, streams: [narrow(ids)], losses: NO_LOSSES };
    },
    decode({ streams }) {
      const wrong = tokenization.hasOpenIds
        ? undefined
        : streams.flatMap((ids) => Array.from(ids)).find((id) => id >= size);
      if (wrong !== undefined)
        throw new MidiloomError('tokens_invalid', `id ${wrong} is not in the vocabulary of ${size} tokens`);
      const [first = new Uint16Array(0), ...others] = streams;
      return tokenization.decode(others.length === 0 ? first : streams.flatMap((ids) => Array.from(ids)));
    },
    toJson: () => `${JSON.stringify({ tokenization: config.tokenization, config: {} }, null, 2)}\n`,
  };
}

function narrow(ids: ArrayLike<number>): TokenIds {
  for (let at = 0; at < ids.length; at += 1) if ((ids[at] ?? 0) > LARGEST_SHORT_ID) return Int32Array.from(ids);
  return Uint16Array.from(ids);
}
