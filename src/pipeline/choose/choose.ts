import type { RunConfig } from '../../config/run-config.ts';
import type { CurationOptions } from '../../dataset/curation.ts';
import type { Packing } from '../../dataset/writers/row-writer.ts';
import type { RunDescription } from '../../run-directory/run-description.ts';
import type { Tasks } from '../../run-directory/tasks-file.ts';
import { createTokenizer } from '../../tokens/create-tokenizer.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';
import { isUpdating } from '../update/is-updating.ts';
import { checkLearning } from './check-learning.ts';
import { chosenCuration } from './chosen-curation.ts';
import { chosenPacking } from './chosen-packing.ts';
import { tokenizerFileText, tokenizerOf } from './chosen-tokenizer.ts';
import { keptTokenizer } from './kept-tokenizer.ts';

/** What is known before anything is opened. */
export interface Chosen {
  /** What the run directory remembers of the run; its id is the run's. */
  readonly description: RunDescription;
  readonly tokenizer: TokenizerConfig;
  /** The content of the file that describes it, where one was given. */
  readonly tokenizerFile: string | undefined;
  /** No part of the fingerprints: it changes what is merged, not what is computed. */
  readonly curation: CurationOptions;
  /** What the format packed puts around sequences. */
  readonly packing: Omit<Packing, 'vocabularySize'>;
  /** What decides the records of each stage by what the tasks of the run agreed on, where this is one of them. */
  readonly agreed?: Tasks['fingerprints'] | undefined;
}

/** Understands the options that are languages of their own, so that a wrong one is refused before anything is touched. */
export async function choose(config: RunConfig, description: RunDescription): Promise<Chosen> {
  const tokenizerFile = tokenizerFileText(config);
  const asked = tokenizerOf(config, tokenizerFile);
  // An update makes what a fresh run would make.
  const tokenizer = isUpdating(config, description) ? asked : await keptTokenizer(config, asked);
  await checkLearning(config, tokenizer);
  const packing = chosenPacking(config, tokenizer.tokenization, () => createTokenizer(tokenizer).vocabulary);
  return { description, tokenizer, tokenizerFile, curation: await chosenCuration(config), packing };
}
