import type { TokenizerConfig } from '../tokenizer-config.ts';

/** Behind the second names that special tokens get where a Unigram model is learned. */
export const UNIGRAM_SUFFIX = '-unigram';

/** The tokenizer that a learned vocabulary is over. */
export function untrained(config: TokenizerConfig): TokenizerConfig {
  const specials = config.special_tokens.filter((token) => config.trained === null || !token.endsWith(UNIGRAM_SUFFIX));
  return { ...config, special_tokens: specials, trained: null };
}
