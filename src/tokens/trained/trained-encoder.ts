import { ConfigError } from '../../errors.ts';
import type { Score } from '../../midi/score.ts';
import { TimedTokenBuffer } from '../encode/timed-token-buffer.ts';
import type { PreparedScore } from '../preprocess/prepare-score.ts';
import type { TokenSequences } from '../token-sequences.ts';
import type { TokenizerConfig, TrainedModel } from '../tokenizer-config.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { type TrainedVocabulary, trainedVocabulary } from './trained-vocabulary.ts';
import { wordStarts, wordTicks } from './word-starts.ts';

/** Encoders that say when each token is. */
const TIMED = ['REMI', 'TSD', 'MIDILike'];
const ONE_WORD = [0];

/** Turns the streams of base tokens that are written to `out` into the ids of a trained model. */
export class TrainedEncoder {
  readonly out = new TimedTokenBuffer();
  readonly #trained: TrainedVocabulary;
  readonly #split: TokenizerConfig['encode_ids_split'];
  /** When the words of the score at hand begin. */
  #ticks: readonly number[] = ONE_WORD;

  /** @throws ConfigError `tokenizer_model_unsupported`, `tokenizer_config_invalid` */
  constructor(config: TokenizerConfig, trained: TrainedModel, base: Vocabulary) {
    const { tokenization, encode_ids_split: split } = config;
    if (split !== 'no' && !TIMED.includes(tokenization)) {
      throw new ConfigError(
        'tokenizer_model_unsupported',
        `a trained ${tokenization} tokenizer is supported with encode_ids_split "no" only`,
      );
    }
    this.#split = split;
    this.#trained = trainedVocabulary(trained, base);
  }

  get vocabulary(): Vocabulary {
    return this.#trained.vocabulary;
  }

  beginScore(source: Score, score: PreparedScore): void {
    if (this.#split !== 'no') this.#ticks = wordTicks(source, score, this.#split);
  }

  takeStream(): Uint16Array {
    const { times } = this.out;
    return this.#trained.encode(this.out.take(), wordStarts(times, this.#ticks));
  }

  decode(sequences: TokenSequences): TokenSequences {
    return { ...sequences, streams: sequences.streams.map((ids) => this.#trained.decode(ids)) };
  }
}
