import type { Score } from '../../midi/score.ts';
import type { StreamBars } from '../encode/bar-finder.ts';
import { TimedTokenBuffer } from '../encode/timed-token-buffer.ts';
import type { PreparedScore } from '../preprocess/prepared-score.ts';
import type { TokenSequences } from '../token-sequences.ts';
import type { TrainedModel } from '../tokenizer-config.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { placeBars } from './place-bars.ts';
import { type TrainedVocabulary, trainedVocabulary } from './trained-vocabulary.ts';
import { type WordRules, type WordSection, wordSections, wordStarts } from './word-starts.ts';

/** Turns the streams of base tokens that are written to `out` into the ids of a trained model. */
export class TrainedEncoder {
  readonly out = new TimedTokenBuffer();
  readonly #trained: TrainedVocabulary;
  /** How streams are cut into words; `undefined` for one word a stream. */
  readonly #rules: WordRules | undefined;
  /** The words of the score at hand; none for one word a stream. */
  #sections: readonly WordSection[] = [];
  /** Where the words of each stream begin. */
  #starts: (readonly number[])[] = [];

  /** @throws ConfigError `tokenizer_model_unsupported`, `tokenizer_config_invalid` */
  constructor({ config, vocabulary, fineGrid }: TokenizerTables, trained: TrainedModel) {
    const { encode_ids_split: unit, miditok } = config;
    const byFile = fineGrid !== undefined && !config.use_time_signatures;
    this.#rules = unit === 'no' ? undefined : { unit, miditok, byFile };
    this.#trained = trainedVocabulary(trained, vocabulary);
  }

  get vocabulary(): Vocabulary {
    return this.#trained.vocabulary;
  }

  beginScore(source: Score, score: PreparedScore): void {
    this.#starts = [];
    if (this.#rules !== undefined) this.#sections = wordSections(source, score, this.#rules);
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

  /** Where bars begin in ids of the model. */
  place(bars: StreamBars, ids: Uint16Array = new Uint16Array(0)): StreamBars {
    return placeBars(bars, ids, this.#trained);
  }

  decode(sequences: TokenSequences): TokenSequences {
    return { ...sequences, streams: sequences.streams.map((ids) => this.#trained.decode(ids)) };
  }
}
