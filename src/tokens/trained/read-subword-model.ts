import { ConfigError } from '../../errors.ts';
import { createBpe } from './bpe.ts';
import type { SubwordModel } from './subword-model.ts';
import { createUnigram } from './unigram.ts';
import { createWordPiece } from './word-piece.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The `▁` that marks the beginning of a word. */
export const WORD_START = '\u2581';

export interface WordModel {
  readonly model: SubwordModel;
  /** Whether every word begins with `WORD_START`. */
  readonly marksWords: boolean;
}

/**
 * Reads the text of a `tokenizer.json` of Hugging Face's `tokenizers` with a BPE, Unigram or WordPiece model over words
 * that are split already, as MidiTok makes it.
 * @throws ConfigError `tokenizer_config_invalid`, or `tokenizer_model_unsupported` for parts that change a text.
 */
export function readSubwordModel(text: string): WordModel {
  const file = object(parse(text), 'the model');
  for (const part of ['normalizer', 'post_processor', 'truncation', 'padding']) {
    if (file[part] !== undefined && file[part] !== null) throw unsupported(`a ${part}`);
  }
  return { model: readModel(object(file.model, '"model"')), marksWords: readPreTokenizer(file.pre_tokenizer) };
}

function readPreTokenizer(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  const { type, replacement, prepend_scheme: scheme, split, add_prefix_space: addsSpace } = object(value, 'it');
  const prepends = scheme === undefined ? addsSpace !== false : scheme === 'always';
  if (type === 'Metaspace' && replacement === WORD_START && prepends && split !== false) return true;
  throw unsupported(`the pre-tokenizer ${JSON.stringify(value)}`);
}

function readModel(model: JsonObject): SubwordModel {
  if (model.byte_fallback === true) throw unsupported('byte_fallback');
  if (typeof model.dropout === 'number' && model.dropout > 0) throw unsupported('dropout');
  const prefix = optionalText(model.continuing_subword_prefix) ?? '';
  switch (model.type) {
    case 'BPE': {
      const vocabulary = readVocabulary(model.vocab);
      return createBpe({
        vocabulary,
        merges: readMerges(model.merges),
        prefix,
        suffix: optionalText(model.end_of_word_suffix) ?? '',
        unknownId: typeof model.unk_token === 'string' ? unknownIdOf(model.unk_token, vocabulary) : undefined,
        fuseUnknown: model.fuse_unk === true,
        ignoreMerges: model.ignore_merges === true,
      });
    }
    case 'Unigram':
      return createUnigram({
        pieces: readPieces(model.vocab),
        unknownId: typeof model.unk_id === 'number' ? model.unk_id : undefined,
      });
    case 'WordPiece': {
      const vocabulary = readVocabulary(model.vocab);
      return createWordPiece({
        vocabulary,
        prefix,
        unknownId: unknownIdOf(model.unk_token, vocabulary),
        mostCharacters: Number(model.max_input_chars_per_word ?? 100),
      });
    }
    default:
      throw unsupported(`the model ${JSON.stringify(model.type)}`);
  }
}

function unknownIdOf(token: unknown, vocabulary: ReadonlyMap<string, number>): number {
  const id = vocabulary.get(optionalText(token) ?? '');
  if (id === undefined) throw invalid('its unk_token is not in its vocabulary');
  return id;
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
    return [token, score] as const;
  });
}

function idOf(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 20) return value;
  throw invalid(`an id is ${JSON.stringify(value)}`);
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function object(value: unknown, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
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
