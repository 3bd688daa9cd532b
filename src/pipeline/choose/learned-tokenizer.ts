import type { JsonObject } from '../../checkpoint/json.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { type LearningInput, learnVocabulary } from '../../dataset/learn-vocabulary.ts';
import { learnedRows } from '../../dataset/learned-rows.ts';
import type { RowsInput } from '../../dataset/write-rows.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';

/** The tokenizer of a data set: that of the records, or the one that is learned from them. */
export async function learnedTokenizer(
  input: LearningInput,
  { vocabSize, vocabModel }: Pick<RunConfig, 'vocabSize' | 'vocabModel'>,
  tokenizer: TokenizerConfig,
): Promise<TokenizerConfig> {
  if (vocabSize === undefined) return tokenizer;
  return learnVocabulary(input, { tokenizer, model: vocabModel, vocabularySize: vocabSize });
}

/** What rows become by a vocabulary that was learned from their records; nothing where none was. */
export function learnedTransform(
  config: Pick<RunConfig, 'vocabSize' | 'maxSequenceLength' | 'windowOverlap'>,
  learned: TokenizerConfig,
): Pick<RowsInput, 'transform'> {
  if (config.vocabSize === undefined) return {};
  return { transform: learnedRows(learned, { maxLength: config.maxSequenceLength, overlap: config.windowOverlap }) };
}

/** What a recipe says of it. */
export function learnedRecipe({ vocabSize, vocabModel }: Pick<RunConfig, 'vocabSize' | 'vocabModel'>): JsonObject {
  return vocabSize === undefined ? {} : { learned: { vocab_size: vocabSize, vocab_model: vocabModel } };
}
