import type { RunConfig } from '../../config/run-config.ts';
import { type RunDescription, saveRunDescription } from '../../run-directory/run-description.ts';
import { keepTokenizerFile } from '../../run-directory/tokenizer-of-stage.ts';

/** Writes down how the run is made, with a copy of the tokenizer's file, so that later calls need not be told again. */
export async function rememberRun(
  config: RunConfig,
  description: RunDescription,
  tokenizerFile: string | undefined,
): Promise<void> {
  const { outputDir } = config;
  const tokenizerConfig = tokenizerFile === undefined ? undefined : await keepTokenizerFile(outputDir, tokenizerFile);
  await saveRunDescription(description, { ...config, tokenizerConfig });
}
