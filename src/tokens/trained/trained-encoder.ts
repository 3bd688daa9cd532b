import type { Score } from '../../midi/score.ts';
import { TimedTokenBuffer } from '../encode/timed-token-buffer.ts';
import type { PreparedScore } from '../preprocess/prepared-score.ts';
import type { TokenSequences } from '../token-sequences.ts';
import type { TokenizerConfig, TrainedModel } from '../tokenizer-config.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { type TrainedVocabulary, trainedVocabulary } from './trained-vocabulary.ts';
import { type WordSection, wordSections, wordStarts } from './word-starts.ts';

/** Turns the streams of base tokens that are written to `out` into the ids of a trained model. */
export class TrainedEncoder {
  readonly out = new TimedTokenBuffer();
  readonly #trained: TrainedVocabulary;
  readonly #split: TokenizerConfig['encode_ids_split'];
  readonly #version: TokenizerConfig['miditok'];
  /** The words of the score at hand; none for one word a stream. */
  #sections: readonly WordSection[] = [];
  /** Where the words of each stream begin. */
  #starts: (readonly number[])[] = [];

  /** @throws ConfigError `tokenizer_model_unsupported`, `tokenizer_config_invalid` */
  constructor(config: TokenizerConfig, trained: TrainedModel, base: Vocabulary) {
    this.#split = config.encode_ids_split;
    this.#version = config.miditok;
    this.#trained = trainedVocabulary(trained, base);
  }

  get vocabulary(): Vocabulary {
    return this.#trained.vocabulary;
  }

  beginScore(source: Score, score: PreparedScore): void {
    this.#starts = [];
    if (this.#split !== 'no') this.#sections = wordSections(source, score, this.#split, this.#version);
  }

  /** The base tokens of the stream at hand; writing starts anew. */
  takeStream(): Uint16Array {
    this.#starts.push(wordStarts(this.out.times, this.#sections));
    return this.out.take();
  }

  /** All streams of a score in ids of the model. */
  apply(streams: readonly Uint16Array[]): readonly Uint16Array[] {
    return streams.map((ids, stream) => this.#trained.encode(ids, this.#starts[stream] ?? []));
  }

  decode(sequences: TokenSequences): TokenSequences {
    return { ...sequences, streams: sequences.streams.map((ids) => this.#trained.decode(ids)) };
  }
}
