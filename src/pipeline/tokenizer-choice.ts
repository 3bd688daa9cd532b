import { readFileSync } from 'node:fs';
import type { RunConfig } from '../config/run-config.ts';
import { ConfigError, messageOf } from '../errors.ts';
import { parseTokenizerConfig } from '../tokens/parse-tokenizer-config.ts';
import { presetConfig } from '../tokens/preset-config.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';

export type TokenizerChoice = Pick<RunConfig, 'tokenizer' | 'tokenizerConfig'>;

/** The tokenizer a run asks for: MidiTok's file where one is given, else midiloom's defaults for the tokenization. */
export function chosenTokenizer({ tokenizer, tokenizerConfig }: TokenizerChoice): TokenizerConfig {
  if (tokenizerConfig === undefined) return presetConfig(tokenizer);
  let text: string;
  try {
    text = readFileSync(tokenizerConfig, 'utf8');
  } catch (error) {
    throw new ConfigError(
      'tokenizer_unreadable',
      `Cannot read --tokenizer_config ${tokenizerConfig}: ${messageOf(error)}`,
    );
  }
  return parseTokenizerConfig(text);
}
