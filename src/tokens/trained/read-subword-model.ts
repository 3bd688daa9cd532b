import { ConfigError } from '../../errors.ts';
import { isIntegerIn, isObject, type JsonObject } from '../option-readers.ts';
import type { AddedToken } from './added-tokens.ts';
import { createBpe } from './bpe.ts';
import { asSerdeReads } from './serde-number.ts';
import type { SubwordModel } from './subword-model.ts';
import { createUnigram } from './unigram.ts';
import { createWordLevel } from './word-level.ts';
import { createWordPiece } from './word-piece.ts';

/** The `▁` that marks the beginning of a word. */
export const WORD_START = '\u2581';

/** Ids are stored in 16 bits; larger ones are refused with the vocabulary that has them. */
const MOST_IDS = 2 ** 20;

/** What a `tokenizer.json` of Hugging Face's `tokenizers` says that is applied to words. */
export interface SubwordFile {
  readonly model: SubwordModel;
  /** Base tokens that a word of `WordPiece` can have before it becomes one unknown token. */
  readonly longestWord: number;
  readonly addedTokens: readonly AddedToken[];
  /** Whether every word begins with `WORD_START`, and a new one begins where it stands. */
  readonly marksWords: boolean;
}

/**
 * Reads the text of a `tokenizer.json` of Hugging Face's `tokenizers` with a BPE, Unigram, WordPiece or WordLevel model over
 * words that are split already, as MidiTok makes it.
 * @throws ConfigError `tokenizer_config_invalid`, or `tokenizer_model_unsupported` for parts that change a text.
 */
export function readSubwordModel(text: string): SubwordFile {
  const file = object(parse(text), 'the model');
  for (const part of ['normalizer', 'post_processor', 'truncation', 'padding']) {
    if (file[part] !== undefined && file[part] !== null) throw unsupported(`a ${part}`);
  }
  const model = object(file.model, '"model"');
  return {
    model: readModel(model),
    longestWord: model.type === 'WordPiece' ? mostCharactersOf(model) : Number.POSITIVE_INFINITY,
    addedTokens: readAddedTokens(file.added_tokens),
    marksWords: readPreTokenizer(file.pre_tokenizer),
  };
}

function readPreTokenizer(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  const { type, replacement, prepend_scheme: scheme, split, add_prefix_space: addsSpace } = object(value, 'it');
  const prepends = scheme === undefined ? addsSpace !== false : scheme === 'always';
  if (type === 'Metaspace' && replacement === WORD_START && prepends && split !== false) return true;
  throw unsupported(`the pre-tokenizer ${JSON.stringify(value)}`);
}

function readAddedTokens(value: unknown): readonly AddedToken[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid('its added tokens are no list');
  return value.map((item: unknown) => {
    const token = object(item, 'an added token');
    const { id, content, normalized } = token;
    if (typeof content !== 'string' || content === '') throw invalid(`an added token is ${JSON.stringify(item)}`);
    for (const flag of ['single_word', 'lstrip', 'rstrip'])
      if (token[flag] === true) throw unsupported(`${flag} tokens`);
    return { id: idOf(id), content, normalized: normalized === true };
  });
}

function readModel(model: JsonObject): SubwordModel {
  if (typeof model.dropout === 'number' && model.dropout > 0) {
    throw new ConfigError(
      'tokenizer_model_unsupported',
      'the model of the trained tokenizer drops merges at random (dropout), so that no two runs have the same ids: set it to 0',
    );
  }
  const prefix = optionalText(model.continuing_subword_prefix) ?? '';
  switch (model.type) {
    case 'BPE': {
      const vocabulary = readVocabulary(model.vocab);
      refuseByteTokens(model, vocabulary.keys());
      return createBpe({
        vocabulary,
        merges: readMerges(model.merges),
        prefix,
        suffix: optionalText(model.end_of_word_suffix) ?? '',
        unknownToken: optionalText(model.unk_token),
        fuseUnknown: model.fuse_unk === true,
        ignoreMerges: model.ignore_merges === true,
      });
    }
    case 'Unigram': {
      const pieces = readPieces(model.vocab);
      refuseByteTokens(
        model,
        pieces.map(([token]) => token),
      );
      return createUnigram({ pieces, unknownId: unknownPiece(model.unk_id, pieces.length) });
    }
    case 'WordPiece': {
      const vocabulary = readVocabulary(model.vocab);
      return createWordPiece({
        vocabulary,
        prefix,
        unknownId: vocabulary.get(optionalText(model.unk_token) ?? ''),
        mostCharacters: mostCharactersOf(model),
      });
    }
    case 'WordLevel': {
      const vocabulary = readVocabulary(model.vocab);
      return createWordLevel(vocabulary, vocabulary.get(optionalText(model.unk_token) ?? ''));
    }
    default:
      throw unsupported(`the model ${JSON.stringify(model.type)}`);
  }
}

/** What is unknown falls back to its bytes only where they are tokens. */
function refuseByteTokens({ byte_fallback: fallsBack }: JsonObject, tokens: Iterable<string>): void {
  if (fallsBack !== true) return;
  for (const token of tokens) if (/^<0x[0-9A-F]{2}>$/.test(token)) throw unsupported('byte_fallback');
}

function mostCharactersOf({ max_input_chars_per_word: most = 100 }: JsonObject): number {
  if (typeof most === 'number' && most >= 0) return most;
  throw invalid(`its max_input_chars_per_word is ${JSON.stringify(most)}`);
}

function unknownPiece(id: unknown, count: number): number | undefined {
  if (id === undefined || id === null) return undefined;
  if (isIntegerIn(id, 0, count - 1)) return id;
  throw invalid(`its unk_id is ${JSON.stringify(id)}, and it has ${count} tokens`);
}

function readVocabulary(value: unknown): ReadonlyMap<string, number> {
  const entries = Object.entries(object(value, 'its vocabulary'));
  return new Map(entries.map(([token, id]) => [token, idOf(id)]));
}

/** Pairs, or, before version 0.20 of `tokenizers`, the two with a space between them. */
function readMerges(value: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(value)) throw invalid('its merges are no list');
  return value.map((merge: unknown) => {
    const [left, right, more] = typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge : [];
    if (typeof left !== 'string' || typeof right !== 'string' || more !== undefined) {
      throw invalid(`a merge is ${JSON.stringify(merge)}`);
    }
    return [left, right] as const;
  });
}

function readPieces(value: unknown): readonly (readonly [string, number])[] {
  if (!Array.isArray(value)) throw invalid('its vocabulary is no list');
  return value.map((piece: unknown) => {
    const [token, score]: unknown[] = Array.isArray(piece) ? piece : [];
    if (typeof token !== 'string' || typeof score !== 'number') throw invalid(`a token is ${JSON.stringify(piece)}`);
    return [token, asSerdeReads(score)] as const;
  });
}

function idOf(value: unknown): number {
  if (isIntegerIn(value, 0, MOST_IDS)) return value;
  throw invalid(`an id is ${JSON.stringify(value)}`);
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function object(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value;
  throw invalid(`${what} is no object`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError('tokenizer_config_invalid', 'the model of the trained tokenizer is not JSON', { cause });
  }
}

function invalid(what: string): ConfigError {
  return new ConfigError('tokenizer_config_invalid', `wrong model of a trained tokenizer: ${what}`);
}

function unsupported(what: string): ConfigError {
  return new ConfigError('tokenizer_model_unsupported', `the trained tokenizer has ${what}, which is not supported`);
}
