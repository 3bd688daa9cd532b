import { readNamedFile } from '../../config/read-named-file.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { ConfigError, messageOf } from '../../errors.ts';
import { parseTokenizerConfig } from '../../tokens/parse-tokenizer-config.ts';
import { presetConfig } from '../../tokens/preset-config.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';

/** A trained model of 200,000 tokens has some 20 MB. */
const MAX_BYTES = 256 * 2 ** 20;

export type TokenizerChoice = Pick<RunConfig, 'tokenizer' | 'tokenizerConfig'>;

/** The tokenizer a run asks for: MidiTok's file where one is given, else midiloom's defaults for the tokenization. */
export function chosenTokenizer(choice: TokenizerChoice): TokenizerConfig {
  return tokenizerOf(choice, tokenizerFileText(choice));
}

/** The same, of a file that was read already. */
export function tokenizerOf(
  { tokenizer }: Pick<RunConfig, 'tokenizer'>,
  fileText: string | undefined,
): TokenizerConfig {
  return fileText === undefined ? presetConfig(tokenizer) : parseTokenizerConfig(fileText);
}

/** The content of the file that describes the tokenizer, where one is given. */
export function tokenizerFileText({ tokenizerConfig }: Pick<RunConfig, 'tokenizerConfig'>): string | undefined {
  if (tokenizerConfig === undefined) return undefined;
  try {
    return readNamedFile(tokenizerConfig, MAX_BYTES).toString();
  } catch (error) {
    throw new ConfigError(
      'tokenizer_unreadable',
      `Cannot read --tokenizer_config ${tokenizerConfig}: ${messageOf(error)}`,
    );
  }
}
