import { canonicalJson, type JsonObject } from '../checkpoint/json.ts';
import type { CurationOptions } from './curation.ts';
import type { OutputFormat } from './writers/output-format.ts';

export interface RecipeInput {
  /** What the caller knows: program version, options that affect results, tokenizer, encoder, plan hash. */
  readonly recipe: JsonObject;
  readonly formats: readonly OutputFormat[];
  readonly shardSizeBytes: number;
  readonly partial: boolean;
  readonly curation: CurationOptions;
  readonly license?: string | undefined;
  readonly pairs: PairsOfDataset;
}

/** Each pair is counted once. */
export interface PairsOfDataset {
  readonly total: number;
  readonly rows: number;
  readonly failed: number;
  readonly pending: number;
  /** Rejected by a filter. */
  readonly rejected: number;
  /** Left out because a copy is a row. */
  readonly dropped: number;
}

/** The text of `recipe.json`: everything needed to make the data set again, with sorted keys; no clock, host or path of the run. */
export function recipeText(input: RecipeInput): string {
  const { recipe, formats, shardSizeBytes, partial, curation, license, pairs } = input;
  return jsonText({
    ...recipe,
    format: 'midiloom-recipe',
    version: 1,
    partial,
    pairs: { ...pairs },
    curation: {
      splits: curation.splits.map(({ name, share }) => ({ name, share })),
      seed: curation.seed,
      dedupe: curation.dedupe,
      filters: curation.filters.map(({ name }) => name),
      ...(curation.keptSplits === undefined ? {} : { kept_splits: [...curation.keptSplits] }),
    },
    output: { formats, shard_size_bytes: shardSizeBytes, ...(license === undefined ? {} : { license }) },
  });
}

/** Readable JSON with sorted keys. */
export function jsonText(value: JsonObject): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`;
}
