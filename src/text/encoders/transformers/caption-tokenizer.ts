import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokenizer } from 'tokenizers';
import { ConfigError, messageOf } from '../../../errors.ts';
import type { LongText } from './model-settings.ts';

/** The tokens of one text. */
export interface TokenizedText {
  /** Those that are read, special tokens included. */
  readonly ids: Int32Array;
  /** Whether the text had more tokens than that. */
  readonly truncated: boolean;
  /** What the model gets: all at once, or of a long text one part after the other. */
  readonly parts: readonly TextPart[];
}

export interface TextPart {
  /** Special tokens included. */
  readonly ids: Int32Array;
  /** How many of them are of the text itself. */
  readonly ownTokens: number;
}

export type CaptionTokenizer = (text: string) => Promise<TokenizedText>;

export interface TokenizerOptions {
  /** Longest input of the model, special tokens included. */
  readonly maxTokens: number;
  readonly longText: LongText;
  /** Begins every text, and so every part of one. */
  readonly prompt: string;
}

/**
 * Loads a model's own tokenizer, by the library that models are trained with: copies of it in other languages have other tables of
 * Unicode, which differ for some 50,000 characters. A longer text is cut before its closing special tokens, as the library does, or
 * into parts, each of which has the special tokens and the prompt around it.
 *
 * @throws ConfigError `model_invalid` where the tokenizer's file is not what it should be.
 */
export async function openTokenizer(
  directory: string,
  { maxTokens, longText, prompt }: TokenizerOptions,
): Promise<CaptionTokenizer> {
  const tokenizer = await readTokenizer(join(directory, 'tokenizer.json'));
  const closing = await closingTokens(tokenizer);
  return async (text) => {
    const encoding = await tokenizer.encode(text);
    const all = encoding.getIds();
    const opening = all.length <= maxTokens ? 0 : firstOwnToken(encoding, longText === 'chunk' ? prompt : '');
    const part = (own: readonly number[]): TextPart => ({
      ids: Int32Array.from([...all.slice(0, opening), ...own, ...closing]),
      ownTokens: own.length,
    });
    if (all.length <= maxTokens) {
      const ids = Int32Array.from(all);
      return { ids, truncated: false, parts: [{ ids, ownTokens: ids.length }] };
    }
    const own = all.slice(opening, all.length - closing.length);
    const room = maxTokens - opening - closing.length;
    if (longText === 'truncate') {
      const cut = part(own.slice(0, room));
      return { ids: cut.ids, truncated: true, parts: [cut] };
    }
    const starts = Array.from({ length: Math.ceil(own.length / room) }, (_, at) => at * room);
    return {
      ids: Int32Array.from(all),
      truncated: false,
      parts: starts.map((start) => part(own.slice(start, start + room))),
    };
  };
}

async function readTokenizer(file: string): Promise<Tokenizer> {
  const { Tokenizer } = await import('tokenizers');
  try {
    const tokenizer = Tokenizer.fromString(await readFile(file, 'utf8'));
    // Some files ask for a length of their own, such as 128 for all-MiniLM-L6-v2, which no tool of the hub takes.
    tokenizer.disablePadding();
    tokenizer.disableTruncation();
    return tokenizer;
  } catch (error) {
    throw new ConfigError('model_invalid', `no tokenizer can be made from ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** What the tokenizer puts behind a text. */
async function closingTokens(tokenizer: Tokenizer): Promise<readonly number[]> {
  const encoding = await tokenizer.encode('a');
  const isSpecial = encoding.getSpecialTokensMask();
  return encoding.getIds().slice(isSpecial.lastIndexOf(0) + 1);
}

type Encoding = Awaited<ReturnType<Tokenizer['encode']>>;

/** Where the tokens of a text begin: behind the special tokens before it, and those of the prompt. */
function firstOwnToken(encoding: Encoding, prompt: string): number {
  const promptLength = [...prompt].length;
  const isSpecial = encoding.getSpecialTokensMask();
  let at = 0;
  while (at < isSpecial.length && (isSpecial[at] === 1 || endOf(encoding, at) <= promptLength)) at++;
  return at;
}

/** Code points of the text up to the end of a token. */
function endOf(encoding: Encoding, token: number): number {
  return encoding.tokenToChars(token)?.[1] ?? Number.POSITIVE_INFINITY;
}
