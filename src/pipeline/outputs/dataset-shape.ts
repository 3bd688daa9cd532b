import type { JsonObject } from '../../checkpoint/json.ts';
import { ownPackage } from '../../config/own-package.ts';
import type { RunConfig } from '../../config/run-config.ts';
import type { RowsInput } from '../../dataset/write-rows.ts';
import type { Plan } from '../../manifest/plan.ts';
import type { Tokenizer } from '../../tokens/create-tokenizer.ts';
import { isSplit } from '../choose/fingerprints.ts';
import { learnedRecipe } from '../choose/learned-tokenizer.ts';
import { inputOfRecipe } from '../choose/recipe-options.ts';

/** What the rows of a run look like, and the formats they are written in. */
type DatasetShape = Pick<
  RowsInput,
  'formats' | 'shardSizeBytes' | 'tokens' | 'embeds' | 'hasHiddenStates' | 'hasCaptionLists'
>;

export function datasetShape(
  config: RunConfig,
  plan: Plan,
  { vocabulary, layout, tokenization }: Tokenizer,
): DatasetShape {
  const areWindows = isSplit(config);
  return {
    formats: config.outputFormat,
    shardSizeBytes: config.shardSize * 1e6,
    tokens: {
      vocabulary: vocabulary.columns.map(({ tokens }) => tokens),
      hasManyStreams: !config.rowPerWindow && (areWindows || layout !== 'single'),
      hasWideIds: tokenization.hasOpenIds === true,
      areWindows,
      hasRowPerWindow: config.rowPerWindow,
    },
    embeds: config.textEncoder !== 'none' && config.textOutput === 'pooled',
    hasHiddenStates: config.textOutput === 'tokens',
    hasCaptionLists: plan.hasCaptionLists,
  };
}

/** Everything that decides the rows. @param options - those of the fingerprints of the stages. */
export function datasetRecipe(
  config: RunConfig,
  plan: Plan,
  options: { readonly midi: JsonObject; readonly text: JsonObject },
): JsonObject {
  return {
    midiloom: ownPackage().version,
    manifest: { pairs: plan.total, hash: plan.hash },
    input: inputOfRecipe(config),
    ...options,
    ...learnedRecipe(config),
  };
}
