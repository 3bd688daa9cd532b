import { ConfigError } from '../../errors.ts';
import type { TokenIds } from '../token-sequences.ts';
import type { TrainedModel } from '../tokenizer-config.ts';
import { Vocabulary, VocabularyColumn } from '../vocabulary.ts';
import { readSubwordModel, type SubwordFile, WORD_START } from './read-subword-model.ts';
import { wordEncoder } from './word-encoder.ts';

/** Ids are stored in 16 bits. */
const MOST_TOKENS = 0xffff;
/** Between the base tokens of a learned one. */
const JOINT = '+';

/** A trained model over the base tokens of a tokenizer. */
export interface TrainedVocabulary {
  /** The tokens of the model, by their base tokens: `Pitch_60+Velocity_100`, with `▁` where a word begins. */
  readonly vocabulary: Vocabulary;
  /**
   * The ids of base tokens, in words that begin at `starts` (ascending, from 0), as ids of the model.
   * @throws MidiloomError `token_unknown`
   */
  encode(baseIds: Uint16Array, starts: readonly number[]): Uint16Array;
  /** The ids of the base tokens that ids of the model stand for; what they stand for is left out where it is none. */
  decode(ids: TokenIds): Uint16Array;
  /** Base tokens that an id of the model stands for; none for the mark of a word alone. */
  baseLengthOf(id: number): number;
}

/**
 * Applies what MidiTok trained (`MusicTokenizer.train`): each base token is one character, and the words are bars, beats
 * or the whole stream.
 *
 * @param base - The vocabulary that the configuration gives.
 * @throws ConfigError `tokenizer_model_unsupported` where the model was trained over another vocabulary, or cannot be applied.
 */
export function trainedVocabulary(trained: TrainedModel, base: Vocabulary): TrainedVocabulary {
  const [column] = base.columns;
  if (column === undefined || base.columns.length > 1) throw unsupported('compound tokens cannot have one');
  const characters = charactersOf(trained, column);
  const file = readSubwordModel(trained.model);
  const tokens = tokensOf(file);
  if (tokens.length > MOST_TOKENS) throw unsupported(`it has ${tokens.length} tokens`);
  const encodeWord = wordEncoder(file);
  const baseIdOf = new Map(characters.map((character, id) => [character, id]));
  const names = new Map(characters.map((character, id) => [character, column.tokens[id] ?? '']));
  const parts = tokens.map((token) => [...file.model.plain(token)]);
  const expansions = parts.map((part) =>
    part.slice(file.marksWords && part[0] === WORD_START ? 1 : 0).flatMap((character) => baseIdOf.get(character) ?? []),
  );
  const specials = new Set(file.addedTokens.map(({ content }) => content));
  if (!expansions.some((ids) => ids.some((id) => !specials.has(characters[id] ?? '')))) {
    throw unsupported('it knows none of the tokens of this configuration');
  }

  return {
    vocabulary: new Vocabulary([new VocabularyColumn(uniqueNames(parts, names), [])], file.model.unknownId),
    encode(baseIds, starts) {
      const ids: number[] = [];
      for (const [index, start] of starts.entries()) {
        const end = starts[index + 1] ?? baseIds.length;
        let word = '';
        for (let at = start; at < end; at += 1) word += characters[baseIds[at] as number];
        encodeWord(word, ids);
      }
      return Uint16Array.from(ids);
    },
    decode(ids) {
      return Uint16Array.from([...ids].flatMap((id) => expansions[id] ?? []));
    },
    baseLengthOf: (id) => expansions[id]?.length ?? 0,
  };
}

/** The character of each base token by its id. The file has the ids and characters that tokens had in training. */
function charactersOf({ vocab_base, vocab_base_byte_to_token }: TrainedModel, column: VocabularyColumn): string[] {
  const characterOf = new Map(Object.entries(vocab_base_byte_to_token).map(([character, token]) => [token, character]));
  const missing = column.tokens.find((token) => vocab_base[token] === undefined);
  if (missing !== undefined) throw unsupported(`its vocabulary has no ${missing}, which this configuration has`);
  const characters = column.tokens.map((token) => characterOf.get(token) ?? '');
  const wrong = characters.findIndex((character) => character.length !== 1);
  if (wrong !== -1) throw unsupported(`it has no character of its own for ${column.tokens[wrong]}`);
  return characters;
}

/** Token by id: of the model, and those that were added to it. */
function tokensOf({ model, addedTokens }: SubwordFile): readonly string[] {
  const tokens = [...model.tokens];
  for (const { id, content } of addedTokens) tokens[id] = content;
  return Array.from(tokens, (token) => token ?? '');
}

/** One name a token: two that differ in marks only, or special tokens of the model, get their id as well. */
function uniqueNames(parts: readonly (readonly string[])[], names: ReadonlyMap<string, string>): string[] {
  const seen = new Set<string>();
  return parts.map((part, id) => {
    const isWordStart = part[0] === WORD_START;
    const joined = part
      .slice(isWordStart ? 1 : 0)
      .map((character) => names.get(character) ?? character)
      .join(JOINT);
    const name = `${isWordStart ? WORD_START : ''}${joined}`;
    const unique = seen.has(name) || name === '' ? `${name}#${id}` : name;
    seen.add(unique);
    return unique;
  });
}

/** The base tokens of a token of any vocabulary, without the mark of words. */
export function baseTokensOf(name: string): readonly string[] {
  return (name.startsWith(WORD_START) ? name.slice(1) : name).split(JOINT);
}

function unsupported(what: string): ConfigError {
  return new ConfigError('tokenizer_model_unsupported', `the trained tokenizer cannot be applied: ${what}`);
}
