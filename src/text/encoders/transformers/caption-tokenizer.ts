import { ConfigError, messageOf } from '../../../errors.ts';

/** The tokens of one text as the model gets them, special tokens included. */
export interface TokenizedText {
  readonly ids: Int32Array;
  /** Whether the text had more tokens than the model takes. */
  readonly truncated: boolean;
}

export type CaptionTokenizer = (text: string) => TokenizedText;

/**
 * Loads a model's own tokenizer. A longer text is cut before its closing special tokens, as the reference
 * implementation does; transformers.js would cut those off.
 *
 * @throws ConfigError `model_invalid` where the tokenizer's files are not what they should be.
 */
export async function openTokenizer(directory: string, maxTokens: number): Promise<CaptionTokenizer> {
  const { AutoTokenizer } = await import('@huggingface/transformers');
  let tokenizer: Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;
  try {
    tokenizer = await AutoTokenizer.from_pretrained(directory, { local_files_only: true });
  } catch (error) {
    throw new ConfigError('model_invalid', `no tokenizer can be made from ${directory}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  const closing = closingTokens(tokenizer.encode('a'), tokenizer.encode('a', { add_special_tokens: false }));
  const isUncased = tokenizer.encode('A').join() === tokenizer.encode('a').join();
  return (text) => {
    // JavaScript puts a Σ at the end of a word into lower case as ς; the tokenizers that models are trained with, as σ everywhere.
    const ids = tokenizer.encode(isUncased ? text.replaceAll('Σ', 'σ') : text);
    if (ids.length <= maxTokens) return { ids: Int32Array.from(ids), truncated: false };
    const kept = ids.slice(0, maxTokens - closing.length);
    return { ids: Int32Array.from([...kept, ...closing]), truncated: true };
  };
}

/** What the tokenizer puts behind a text; what it puts before stays in place when a text is cut. */
function closingTokens(whole: readonly number[], bare: readonly number[]): readonly number[] {
  const start = whole.findIndex((_, at) => bare.every((id, offset) => whole[at + offset] === id));
  return whole.slice(start + bare.length);
}
