import { ConfigError } from '../../errors.ts';
import { createTokenizer } from '../create-tokenizer.ts';
import type { TokenizerConfig, TrainedModel } from '../tokenizer-config.ts';
import { WORD_START } from '../trained/read-subword-model.ts';
import { UNIGRAM_SUFFIX } from '../trained/untrained.ts';
import { characterOf } from './characters.ts';
import { trainBpe } from './train-bpe.ts';
import { trainUnigram } from './train-unigram.ts';
import type { WordCounts } from './word-counts.ts';

export const MODEL_NAMES = ['bpe', 'unigram', 'wordpiece'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** Base tokens of a word that WordPiece takes, by what words are; as MidiTok sets it. */
const LONGEST_WORD = { bar: 400, beat: 100, no: 400 } as const;
/** How the library writes words that are split already: with a mark at their beginning. */
const METASPACE = { type: 'Metaspace', replacement: WORD_START, prepend_scheme: 'always', split: true };
const MOST_TOKENS = 0xffff;

/** What stands before every word of a configuration. */
export function wordPrefix({ encode_ids_split: unit }: Pick<TokenizerConfig, 'encode_ids_split'>): string {
  return unit === 'no' ? '' : WORD_START;
}

/**
 * Refuses what cannot be learned before anything is read.
 *
 * @throws ConfigError `tokenizer_model_unsupported`, `vocabulary_too_small`, `vocabulary_too_large`.
 */
export function checkTraining(config: TokenizerConfig, vocabularySize: number): void {
  const { columns } = createTokenizer({ ...config, trained: null }).vocabulary;
  const [base] = columns;
  if (base === undefined || columns.length > 1) {
    throw new ConfigError('tokenizer_model_unsupported', 'No vocabulary can be learned over compound tokens.');
  }
  if (config.trained !== null) {
    throw new ConfigError(
      'tokenizer_model_unsupported',
      'The tokenizer has a learned vocabulary already; give its base.',
    );
  }
  if (vocabularySize > MOST_TOKENS) {
    throw new ConfigError(
      'vocabulary_too_large',
      `--vocab_size ${vocabularySize}: at most ${MOST_TOKENS} are possible.`,
    );
  }
  if (vocabularySize <= base.tokens.length) {
    throw new ConfigError(
      'vocabulary_too_small',
      `--vocab_size ${vocabularySize} must be more than the ${base.tokens.length} base tokens of the tokenizer.`,
    );
  }
}

/**
 * The tokenizer with a vocabulary that was learned from words of its base tokens, as `MusicTokenizer.train` of MidiTok learns it; the
 * same whatever order the words came in.
 *
 * @throws what `checkTraining` throws.
 */
export function trainVocabulary(
  config: TokenizerConfig,
  words: WordCounts,
  { model, vocabularySize }: { readonly model: ModelName; readonly vocabularySize: number },
): TokenizerConfig {
  checkTraining(config, vocabularySize);
  const tokens = createTokenizer(config).vocabulary.columns[0]?.tokens ?? [];
  const characters = tokens.map((_, id) => characterOf(id));
  const specials = config.special_tokens.map((token) => characterOf(tokens.indexOf(token)));
  const isSplit = config.encode_ids_split !== 'no';
  if (model === 'unigram') return unigramTokenizer(config, words, { tokens, characters, specials, vocabularySize });
  // Without it, WordPiece marks what goes on in a word.
  const prefix = model === 'wordpiece' && !isSplit ? '##' : '';
  const learned = trainBpe({ words: words.sorted(), specials, alphabet: characters, vocabularySize, prefix });
  const vocab = Object.fromEntries(learned.tokens.map((token, id) => [token, id]));
  const described =
    model === 'bpe'
      ? {
          type: 'BPE',
          dropout: null,
          unk_token: null,
          continuing_subword_prefix: isSplit ? '' : null,
          end_of_word_suffix: isSplit ? '' : null,
          fuse_unk: false,
          byte_fallback: false,
          ignore_merges: false,
          vocab,
          merges: learned.merges,
        }
      : {
          type: 'WordPiece',
          unk_token: characterOf(tokens.indexOf('PAD_None')),
          continuing_subword_prefix: prefix,
          max_input_chars_per_word: LONGEST_WORD[config.encode_ids_split],
          vocab,
        };
  return { ...config, trained: trainedModel(described, specials, tokens, isSplit) };
}

interface BaseTokens {
  readonly tokens: readonly string[];
  /** Of each token. */
  readonly characters: readonly string[];
  readonly specials: readonly string[];
  readonly vocabularySize: number;
}

/** MidiTok gives special tokens a second name in a Unigram model, of three characters, as a single one may be a piece. */
function unigramTokenizer(config: TokenizerConfig, words: WordCounts, base: BaseTokens): TokenizerConfig {
  const { tokens, characters, specials, vocabularySize } = base;
  const around = characterOf(0);
  const marks = specials.map((character) => `${around}${character}${around}`);
  const learned = trainUnigram({
    words: words.sorted(),
    alphabet: characters,
    vocabularySize: vocabularySize - marks.length,
  });
  const isSplit = config.encode_ids_split !== 'no';
  const vocab = [...marks.map((mark) => [mark, 0] as const), ...learned];
  const described = { type: 'Unigram', unk_id: null, vocab, byte_fallback: false };
  const model = trainedModel(described, marks, tokens, isSplit);
  const names = config.special_tokens.map((token) => `${token}${UNIGRAM_SUFFIX}`);
  return {
    ...config,
    special_tokens: [...config.special_tokens, ...names],
    trained: {
      ...model,
      vocab_base: {
        ...model.vocab_base,
        ...Object.fromEntries(names.map((name, at) => [name, tokens.length + at])),
      },
      vocab_base_byte_to_token: {
        ...model.vocab_base_byte_to_token,
        ...Object.fromEntries(marks.map((mark, at) => [mark, names[at] ?? ''])),
      },
    },
  };
}

function trainedModel(
  model: object,
  specials: readonly string[],
  tokens: readonly string[],
  isSplit: boolean,
): TrainedModel {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return {
    model: JSON.stringify({
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: specials.map((content, id) => ({ id, content, ...flags })),
      normalizer: null,
      pre_tokenizer: isSplit ? METASPACE : null,
      post_processor: null,
      decoder: isSplit ? METASPACE : null,
      model,
    }),
    vocab_base: Object.fromEntries(tokens.map((token, id) => [token, id])),
    vocab_base_byte_to_token: Object.fromEntries(tokens.map((token, id) => [characterOf(id), token])),
  };
}
