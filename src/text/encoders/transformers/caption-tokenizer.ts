import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokenizer } from 'tokenizers';
import { ConfigError, messageOf } from '../../../errors.ts';

/** The tokens of one text as the model gets them, special tokens included. */
export interface TokenizedText {
  readonly ids: Int32Array;
  /** Whether the text had more tokens than the model takes. */
  readonly truncated: boolean;
}

export type CaptionTokenizer = (text: string) => Promise<TokenizedText>;

/**
 * Loads a model's own tokenizer, by the library that models are trained with: copies of it in other languages have other tables of
 * Unicode, which differ for some 50,000 characters. A longer text is cut before its closing special tokens, as the library does.
 *
 * @throws ConfigError `model_invalid` where the tokenizer's file is not what it should be.
 */
export async function openTokenizer(directory: string, maxTokens: number): Promise<CaptionTokenizer> {
  const tokenizer = await readTokenizer(join(directory, 'tokenizer.json'));
  const closing = await closingTokens(tokenizer);
  return async (text) => {
    const ids = (await tokenizer.encode(text)).getIds();
    if (ids.length <= maxTokens) return { ids: Int32Array.from(ids), truncated: false };
    const kept = ids.slice(0, maxTokens - closing.length);
    return { ids: Int32Array.from([...kept, ...closing]), truncated: true };
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

/** What the tokenizer puts behind a text; what it puts before stays in place when a text is cut. */
async function closingTokens(tokenizer: Tokenizer): Promise<readonly number[]> {
  const encoding = await tokenizer.encode('a');
  const isSpecial = encoding.getSpecialTokensMask();
  return encoding.getIds().slice(isSpecial.lastIndexOf(0) + 1);
}
